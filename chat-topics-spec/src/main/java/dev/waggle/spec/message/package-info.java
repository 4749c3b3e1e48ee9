/** What clients ask (commands), what the server states (log records, inbox items), and how it answers. */
@NullMarked
package dev.waggle.spec.message;

import org.jspecify.annotations.NullMarked;
