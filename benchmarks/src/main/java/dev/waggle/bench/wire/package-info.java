/** MQTT 3.1.1 and 5 packets as the load generator needs them: written into and read from plain byte arrays, no objects per packet. */
@NullMarked
package dev.waggle.bench.wire;

import org.jspecify.annotations.NullMarked;
