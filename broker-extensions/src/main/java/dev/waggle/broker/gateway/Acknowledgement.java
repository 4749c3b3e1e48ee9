package dev.waggle.broker.gateway;

import org.jspecify.annotations.Nullable;

/**
 * PUBACK or PUBREC for a publish that was taken over. In 3.1.1 only the packet id is sent.
 *
 * @param packetId of the publish
 * @param qos 1: PUBACK, 2: PUBREC
 * @param reasonCode MQTT 5 §3.4.2.1; 0 = success
 * @param reason readable, or null
 * @param seq sent as the user property {@code seq}, or null
 */
public record Acknowledgement(
        int packetId,
        int qos,
        int reasonCode,
        @Nullable String reason,
        @Nullable Long seq) {}
