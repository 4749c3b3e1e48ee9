package dev.waggle.broker.gateway.memory;

import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.spec.message.Filter;
import java.util.List;

/**
 * The client's end of a connection in memory. What it says arrives in order, in later steps; what it hears is recorded
 * and never answered unless told to.
 */
public final class MemoryClient {
    private final MemoryConnection connection;

    MemoryClient(MemoryConnection connection) {
        this.connection = connection;
    }

    public void publish(InboundPublish publish) {
        connection.receive(new ClientPacket.Publish(publish));
    }

    public void acknowledge(int packetId) {
        connection.receive(new ClientPacket.Puback(packetId));
    }

    public void release(int packetId) {
        connection.receive(new ClientPacket.Pubrel(packetId));
    }

    public void subscribe(int packetId, List<Filter> filters) {
        connection.receive(new ClientPacket.Subscribe(packetId, filters));
    }

    public void unsubscribe(int packetId, List<String> topics) {
        connection.receive(new ClientPacket.Unsubscribe(packetId, topics));
    }

    /** @param sessionExpirySeconds new Session Expiry Interval, or null for none */
    public void disconnect(Long sessionExpirySeconds) {
        connection.receive(new ClientPacket.Disconnect(sessionExpirySeconds));
    }

    /** The connection breaks now: what was said and has not arrived is lost. */
    public void drop() {
        connection.drop();
    }

    /** Whether the client reads fast enough. */
    public void setWritable(boolean writable) {
        connection.setWritable(writable);
    }

    /** All that the client was told, in order; unmodifiable and live. */
    public List<ServerPacket> received() {
        return connection.sent();
    }

    /** Publishes that the chat did not take over, in order. */
    public List<InboundPublish> passedToHost() {
        return connection.passed();
    }

    public boolean isClosed() {
        return connection.isClosed();
    }
}
