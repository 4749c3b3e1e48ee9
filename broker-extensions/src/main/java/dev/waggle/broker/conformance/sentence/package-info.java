/** The sentences of the contract, by the part of it that they are about, and how each is tried. */
@NullMarked
package dev.waggle.broker.conformance.sentence;

import org.jspecify.annotations.NullMarked;
