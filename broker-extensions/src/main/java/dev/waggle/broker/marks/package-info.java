/** Who is told how far others have received and read, and when: at most once a second for each conversation. */
@NullMarked
package dev.waggle.broker.marks;

import org.jspecify.annotations.NullMarked;
