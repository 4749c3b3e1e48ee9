package dev.waggle.broker.gateway.direct;

import static dev.waggle.broker.host.RunningHost.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.GatewayContract;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.host.RunningHost;
import dev.waggle.spec.message.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectGatewayContractTest extends GatewayContract {
    private static RunningHost host;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = new RunningHost(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void reset() {
        host.chat().reset();
    }

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        await().atMost(PATIENCE)
                .until(() -> host.chat().talks().stream()
                        .allMatch(talk -> talk.events().contains("closed")));
    }

    @Override
    protected ScriptedChat chat() {
        return host.chat();
    }

    @Override
    protected void eventually(BooleanSupplier condition) {
        await().atMost(PATIENCE).until(condition::getAsBoolean);
    }

    @Override
    protected Client connect(Ask ask, boolean mqtt5) {
        RawClient raw = new RawClient(host.broker().mqtt(), mqtt5);
        clients.add(raw);
        ClientBytes bytes = new ClientBytes(mqtt5);
        raw.send(bytes.connect(ask));
        return new End(raw, bytes);
    }

    private record End(RawClient raw, ClientBytes bytes) implements Client {
        @Override
        public void publish(InboundPublish publish) {
            raw.send(bytes.publish(publish));
        }

        @Override
        public void acknowledge(int packetId) {
            raw.send(bytes.puback(packetId));
        }

        @Override
        public void release(int packetId) {
            raw.send(bytes.pubrel(packetId));
        }

        @Override
        public void subscribe(int packetId, Filter filter) {
            raw.send(bytes.subscribe(packetId, List.of(filter)));
        }

        @Override
        public void unsubscribe(int packetId, String topic) {
            raw.send(bytes.unsubscribe(packetId, List.of(topic)));
        }

        @Override
        public void disconnect(Long sessionExpirySeconds) {
            raw.send(bytes.disconnect(sessionExpirySeconds));
        }

        @Override
        public void drop() {
            raw.close();
        }

        @Override
        public ServerPacket next() {
            return raw.next();
        }

        @Override
        public boolean hearsNothing() {
            return raw.isSilent(100);
        }

        @Override
        public int lastSize() {
            return raw.lastSize();
        }
    }
}
