package dev.waggle.broker.gateway.memory;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Delivery;

/** What a client can be told, by either gateway. */
public sealed interface ServerPacket {

    /** @param inbox user property {@code inbox}, or null */
    record Connack(int code, boolean sessionPresent, Long inbox) implements ServerPacket {}

    /** PUBACK or PUBREC. */
    record Answered(Acknowledgement acknowledgement) implements ServerPacket {}

    /** PUBCOMP. */
    record Completed(int packetId) implements ServerPacket {}

    /** PUBLISH. */
    record Delivered(Delivery delivery) implements ServerPacket {}

    record Suback(int packetId) implements ServerPacket {}

    record Unsuback(int packetId) implements ServerPacket {}

    /** DISCONNECT; 3.1.1 has none. */
    record Disconnected(int code, String reason) implements ServerPacket {}

    /** The connection is closed; always the last. */
    record Closed() implements ServerPacket {}
}
