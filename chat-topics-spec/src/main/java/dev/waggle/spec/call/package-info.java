/** The calls of the contract (PROTOCOL §5): methods, what they ask and what they answer, as values. */
@NullMarked
package dev.waggle.spec.call;

import org.jspecify.annotations.NullMarked;
