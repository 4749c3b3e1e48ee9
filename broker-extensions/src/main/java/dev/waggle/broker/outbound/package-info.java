/** What goes to one device: which inbox entries are due, the sliding window, and the packets made of them. */
@NullMarked
package dev.waggle.broker.outbound;

import org.jspecify.annotations.NullMarked;
