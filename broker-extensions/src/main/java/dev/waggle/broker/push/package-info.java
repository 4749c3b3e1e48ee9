/**
 * Wakes sleeping devices: looks at users for whom something is due in the outbox, asks the rules of the push bridge what is
 * to happen, hands pushes to its providers and writes back what became of them. One thread owns all of it.
 */
@NullMarked
package dev.waggle.broker.push;

import org.jspecify.annotations.NullMarked;
