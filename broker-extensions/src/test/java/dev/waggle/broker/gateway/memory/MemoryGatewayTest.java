package dev.waggle.broker.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.GatewayContract;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.host.TestDoor;
import dev.waggle.spec.message.Filter;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class MemoryGatewayTest extends GatewayContract {
    private final ScriptedChat chat = new ScriptedChat();
    private final Steps steps = new Steps();
    private final MemoryGateway gateway = new MemoryGateway(steps, chat);

    @Override
    protected ScriptedChat chat() {
        return chat;
    }

    @Override
    protected void eventually(BooleanSupplier condition) {
        steps.runAll();
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Override
    protected Client connect(Ask ask, boolean mqtt5) {
        return new End(gateway.connect(new Profile(
                TestDoor.identity(ask.clientId()),
                ask.clientId(),
                mqtt5,
                ask.cleanStart(),
                ask.sessionExpirySeconds(),
                ask.receiveMaximum(),
                ask.maximumPacketSize(),
                ask.problemInformation(),
                false,
                "memory")));
    }

    @Test
    void steps_inAnyOrder_keepEachConnectionsOwn() {
        MemoryClient[] clients = new MemoryClient[3];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = ((End) connect(Ask.of("user" + i + ".phone"), true)).client;
            for (int id = 1; id <= 5; id++) {
                clients[i].publish(ScriptedChat.publish("u/x/out/d/bob", 1, id));
            }
        }
        Random random = new Random(42);
        while (steps.step(random)) {
            // until nothing is left
        }
        for (ScriptedChat.Talk talk : chat.talks()) {
            assertThat(talk.publishes).extracting(InboundPublish::packetId).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void publish_leftAlone_isPassedToTheHost() {
        MemoryClient client = ((End) connect(Ask.of("ann.phone"), true)).client;
        client.publish(ScriptedChat.publish("news/today", 0, 0));
        steps.runAll();
        assertThat(client.passedToHost()).extracting(InboundPublish::topic).containsExactly("news/today");
    }

    private final class End implements Client {
        private final MemoryClient client;
        private int heard;

        End(MemoryClient client) {
            this.client = client;
        }

        @Override
        public void publish(InboundPublish publish) {
            client.publish(publish);
        }

        @Override
        public void acknowledge(int packetId) {
            client.acknowledge(packetId);
        }

        @Override
        public void release(int packetId) {
            client.release(packetId);
        }

        @Override
        public void subscribe(int packetId, Filter filter) {
            client.subscribe(packetId, List.of(filter));
        }

        @Override
        public void unsubscribe(int packetId, String topic) {
            client.unsubscribe(packetId, List.of(topic));
        }

        @Override
        public void disconnect(Long sessionExpirySeconds) {
            client.disconnect(sessionExpirySeconds);
        }

        @Override
        public void drop() {
            client.drop();
        }

        @Override
        public ServerPacket next() {
            steps.runAll();
            return client.received().get(heard++);
        }

        @Override
        public boolean hearsNothing() {
            steps.runAll();
            return client.received().size() == heard;
        }

        @Override
        public int lastSize() {
            return -1;
        }
    }
}
