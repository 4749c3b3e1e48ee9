package dev.waggle.broker.gateway;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH to a client.
 *
 * @param topic full topic name
 * @param payload body
 * @param qos 0 or 1
 * @param packetId 1…65,535; 0 with QoS 0
 * @param dup DUP flag
 * @param properties content type, format indicator and user properties; {@code expirySeconds} is what remains
 * @param subscriptionIds of every matching filter that had one (MQTT 5 §3.3.2.3.8)
 * @param correlation Correlation Data of an answer, or null
 */
public record Delivery(
        String topic,
        Bytes payload,
        int qos,
        int packetId,
        boolean dup,
        MessageProperties properties,
        List<Integer> subscriptionIds,
        @Nullable Bytes correlation) {}
