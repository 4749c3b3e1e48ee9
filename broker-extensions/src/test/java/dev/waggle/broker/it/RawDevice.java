package dev.waggle.broker.it;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.direct.RawClient;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.spec.message.Filter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A durable MQTT 5 device on a plain socket. Other than a library it shows every packet as it came, repeats too, and
 * acknowledges only when told to.
 */
final class RawDevice implements AutoCloseable {
    private static final long EXPIRY_SECONDS = 3_600;

    private final ClientBytes bytes = new ClientBytes(true);
    private final Reachable broker;
    private final String user;
    private final String clientId;
    private final String token;
    private RawClient client;

    RawDevice(Reachable broker, String user, String device) {
        this(broker, user, device, broker.token(user, device, Duration.ofHours(1)));
    }

    RawDevice(Reachable broker, String user, String device, String token) {
        this.broker = broker;
        this.user = user;
        this.clientId = user + "." + device;
        this.token = token;
    }

    String user() {
        return user;
    }

    /** Connects with Clean Start 0; true if the broker knew the session. */
    boolean connect() {
        return known(knock());
    }

    private boolean known(ServerPacket answer) {
        if (answer instanceof ServerPacket.Connack connack && connack.code() == 0) {
            return connack.sessionPresent();
        }
        throw new AssertionError(clientId + " was answered " + answer);
    }

    /** Connects with Clean Start 0 through another door; true if the broker knew the session. */
    boolean connect(int port) {
        return known(knock(port));
    }

    /** Connects with Clean Start 0; what the broker says to it first. */
    ServerPacket knock() {
        return knock(broker.mqttPort());
    }

    private ServerPacket knock(int port) {
        client = new RawClient(new InetSocketAddress("127.0.0.1", port), true);
        client.send(bytes.connect(Ask.of(clientId).resuming(EXPIRY_SECONDS), token));
        return client.next();
    }

    void subscribe() {
        client.send(bytes.subscribe(1, List.of(Filter.of("u/" + user + "/#", 1))));
        ServerPacket answer = client.next();
        if (!(answer instanceof ServerPacket.Suback)) {
            throw new AssertionError(clientId + " was answered " + answer);
        }
    }

    /** The next delivery; empty when the connection ended, in whatever way. */
    Optional<Delivery> next() {
        ServerPacket packet = client.next();
        if (packet instanceof ServerPacket.Delivered delivered) {
            return Optional.of(delivered.delivery());
        }
        if (packet instanceof ServerPacket.Disconnected || packet instanceof ServerPacket.Closed) {
            return Optional.empty();
        }
        throw new AssertionError(clientId + " was sent " + packet);
    }

    void acknowledge(Delivery delivery) {
        client.send(bytes.puback(delivery.packetId()));
    }

    void disconnect() {
        client.send(bytes.disconnect(null));
        client.close();
    }

    /** Breaks the connection, if there is one. */
    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
