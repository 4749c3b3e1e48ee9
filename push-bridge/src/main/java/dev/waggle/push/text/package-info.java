/** The words of pushes: by what may be told, and in the person's language. */
@NullMarked
package dev.waggle.push.text;

import org.jspecify.annotations.NullMarked;
