/**
 * The committer: one thread takes commands from a bounded queue, lets the pure rules decide them on states from a
 * bounded cache, makes a whole group durable with one write, and only then tells. What is neither in the cache nor
 * readable without the disk is warmed by readers. All state of this package but the queue belongs to the committer.
 */
@NullMarked
package dev.waggle.store.lane;

import org.jspecify.annotations.NullMarked;
