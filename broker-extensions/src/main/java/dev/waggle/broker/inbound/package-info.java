/** What one connection publishes: read, checked, handed to the store, answered in order. */
@NullMarked
package dev.waggle.broker.inbound;

import org.jspecify.annotations.NullMarked;
