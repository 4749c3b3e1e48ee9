/**
 * The conformance suite: drives any broker from outside, sentence by sentence of the contract, and says which hold. What a
 * sentence demands lies in {@code sentence}, the clients in {@code device}; here is what they run on.
 */
@NullMarked
package dev.waggle.broker.conformance;

import org.jspecify.annotations.NullMarked;
