package dev.waggle.broker.gateway.memory;

import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.message.Filter;
import java.util.List;

/** What a client says. */
sealed interface ClientPacket {

    record Publish(InboundPublish publish) implements ClientPacket {}

    record Puback(int packetId) implements ClientPacket {}

    record Pubrel(int packetId) implements ClientPacket {}

    record Subscribe(int packetId, List<Filter> filters) implements ClientPacket {}

    record Unsubscribe(int packetId, List<String> topics) implements ClientPacket {}

    record Disconnect(Long sessionExpirySeconds) implements ClientPacket {}
}
