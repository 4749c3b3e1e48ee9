package dev.waggle.broker.gateway;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH from a client, topic alias already resolved.
 *
 * @param packetId 0 with QoS 0
 * @param correlation Correlation Data, or null
 * @param responseTopic Response Topic, or null
 */
public record InboundPublish(
        String topic,
        Bytes payload,
        int qos,
        int packetId,
        boolean dup,
        boolean retain,
        MessageProperties properties,
        @Nullable Bytes correlation,
        @Nullable String responseTopic) {}
