/** Stock MQTT clients (Eclipse Paho, MQTT 5 and 3.1.1) as the devices of a conformance run. Knows nothing of our own code. */
@NullMarked
package dev.waggle.broker.conformance.device;

import org.jspecify.annotations.NullMarked;
