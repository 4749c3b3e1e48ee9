/** Doubles of push providers: one that answers, one that does not. */
@NullMarked
package dev.waggle.bench.push;

import org.jspecify.annotations.NullMarked;
