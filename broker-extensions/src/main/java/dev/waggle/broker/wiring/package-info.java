/** Builds the object graph with Dagger; the only real clock, the only threads. */
@NullMarked
package dev.waggle.broker.wiring;

import org.jspecify.annotations.NullMarked;
