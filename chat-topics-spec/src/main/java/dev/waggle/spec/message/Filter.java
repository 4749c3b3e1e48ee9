package dev.waggle.spec.message;

import org.jspecify.annotations.Nullable;

/**
 * A subscription as the device asked for it, kept with the device record (MQTT 5 §3.8).
 *
 * @param topic the topic filter
 * @param qos granted QoS, 0…2
 * @param noLocal MQTT 5 No Local
 * @param retainAsPublished MQTT 5 Retain As Published
 * @param retainHandling MQTT 5 Retain Handling, 0…2
 * @param subscriptionId MQTT 5 Subscription Identifier, or null
 */
public record Filter(
        String topic,
        int qos,
        boolean noLocal,
        boolean retainAsPublished,
        int retainHandling,
        @Nullable Integer subscriptionId) {

    public static Filter of(String topic, int qos) {
        return new Filter(topic, qos, false, false, 0, null);
    }

    /** The same, with this QoS if it asks for more. */
    public Filter atMost(int maxQos) {
        return qos <= maxQos
                ? this
                : new Filter(topic, maxQos, noLocal, retainAsPublished, retainHandling, subscriptionId);
    }
}
