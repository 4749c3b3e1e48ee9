/** The load generator: one thread, many connections, no objects per message. */
@NullMarked
package dev.waggle.bench.load;

import org.jspecify.annotations.NullMarked;
