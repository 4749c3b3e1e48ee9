package dev.waggle.broker.gateway.direct;

import static dev.waggle.broker.host.RunningHost.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.gateway.ScriptedChat;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.gateway.memory.ServerPacket.Answered;
import dev.waggle.broker.gateway.memory.ServerPacket.Closed;
import dev.waggle.broker.gateway.memory.ServerPacket.Connack;
import dev.waggle.broker.gateway.memory.ServerPacket.Delivered;
import dev.waggle.broker.gateway.memory.ServerPacket.Suback;
import dev.waggle.broker.host.RunningHost;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat and the host on one connection: what belongs to whom. */
class DirectGatewayTest {
    private static final Delivery LARGE =
            new Delivery("u/x", Bytes.wrap(new byte[60_000]), 0, 0, false, MessageProperties.NONE, List.of(), null);
    private static final int MORE_THAN_MAY_WAIT = 3 * Gate.MOST_WAITING;
    private static RunningHost host;
    private final ClientBytes bytes = new ClientBytes(true);

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

    private RawClient connect(Ask ask) {
        RawClient client = new RawClient(host.broker().mqtt(), true);
        client.send(bytes.connect(ask));
        return client;
    }

    private RawClient connected(String clientId) {
        RawClient client = connect(Ask.of(clientId));
        assertThat(client.next()).isInstanceOf(Connack.class);
        return client;
    }

    private InboundPublish ordinary(String topic, int packetId) {
        return ScriptedChat.publish(topic, 1, packetId);
    }

    @Test
    void ordinaryTopics_areServedByTheHost() {
        try (RawClient client = connected("ann.phone")) {
            client.send(bytes.subscribe(1, List.of(Filter.of("news/#", 1))));
            assertThat(client.next()).isEqualTo(new Suback(1));
            client.send(bytes.publish(ordinary("news/today", 2)));
            assertThat(List.of(client.next(), client.next()))
                    .hasAtLeastOneElementOfType(Delivered.class)
                    .anyMatch(packet -> packet instanceof Answered answered
                            && answered.acknowledgement().packetId() == 2
                            && answered.acknowledgement().seq() == null);
        }
    }

    @Test
    void acknowledged_idsBelow1024_reachTheHost() {
        Ask one = new Ask("ann.phone", true, 0, 1, 268_435_460, true, 60);
        try (RawClient reader = connect(one);
                RawClient writer = connected("bob.phone")) {
            assertThat(reader.next()).isInstanceOf(Connack.class);
            reader.send(bytes.subscribe(1, List.of(Filter.of("news/#", 1))));
            assertThat(reader.next()).isEqualTo(new Suback(1));
            writer.send(bytes.publish(ordinary("news/1", 1)), bytes.publish(ordinary("news/2", 2)));
            int id = ((Delivered) reader.next()).delivery().packetId();
            assertThat(id).isLessThan(1024);
            // An id of the chat's does not open the host's window, though the host would take it as its own.
            reader.send(bytes.puback(2000));
            assertThat(reader.isSilent(100)).isTrue();
            reader.send(bytes.puback(id));
            assertThat(((Delivered) reader.next()).delivery().topic()).isEqualTo("news/2");
        }
    }

    @Test
    void welcome_withFiltersOnOrdinaryTopics_putsThemInForceBeforeTheConnack() {
        host.chat().welcome = new Welcome.In(true, 0, List.of(new Filter("news/#", 1, false, false, 2, 5)));
        try (RawClient client = connect(Ask.of("cat.phone").resuming(100))) {
            assertThat(client.next()).isEqualTo(new Connack(0, true, 0L));
            host.chat().welcome = ScriptedChat.NEW;
            try (RawClient writer = connected("bob.phone")) {
                writer.send(bytes.publish(ScriptedChat.publish("news/today", 0, 0)));
                Delivery delivery = ((Delivered) client.next()).delivery();
                assertThat(delivery.topic()).isEqualTo("news/today");
                assertThat(delivery.subscriptionIds()).containsExactly(5);
            }
        }
    }

    @Test
    void welcome_withoutARecord_dropsWhatTheHostStillRemembers() {
        try (RawClient first = connect(Ask.of("dan.phone").resuming(100))) {
            assertThat(first.next()).isEqualTo(new Connack(0, false, 0L));
            first.send(bytes.subscribe(1, List.of(Filter.of("news/#", 1))));
            assertThat(first.next()).isEqualTo(new Suback(1));
            first.send(bytes.disconnect(null));
        }
        try (RawClient writer = connected("bob.phone")) {
            writer.send(bytes.publish(ordinary("news/queued", 1)));
            assertThat(writer.next()).isInstanceOf(Answered.class);
            try (RawClient second = connect(Ask.of("dan.phone").resuming(100))) {
                assertThat(second.next()).isEqualTo(new Connack(0, false, 0L));
                writer.send(bytes.publish(ordinary("news/live", 2)));
                assertThat(writer.next()).isInstanceOf(Answered.class);
                assertThat(second.isSilent(100)).isTrue();
            }
        }
    }

    @Test
    void takeOver_endsTheOldDialogueBeforeTheNewOneBegins() {
        try (RawClient old = connected("eve.phone")) {
            ScriptedChat.Talk first = host.chat().last();
            try (RawClient young = connected("eve.phone")) {
                assertThat(host.chat().talks()).hasSize(2);
                assertThat(first.events()).containsExactly("open", "closed");
                assertThat(old.next())
                        .isInstanceOfSatisfying(
                                ServerPacket.Disconnected.class,
                                packet -> assertThat(packet.code()).isEqualTo(0x8E));
                young.send(bytes.publish(ScriptedChat.publish("u/eve/out/d/bob", 1, 3)));
                assertThat(young.next()).isInstanceOf(Answered.class);
                assertThat(first.publishes).isEmpty();
            }
        }
    }

    @Test
    void takeOver_fromAPeerThatReadsNothing_doesNotWaitForIt() {
        try (RawClient deaf = connected("fay.phone")) {
            ScriptedChat.Talk first = host.chat().last();
            fill(first);
            try (RawClient young = connected("fay.phone")) {
                assertThat(first.events()).contains("closed");
                assertThat(young.isSilent(50)).isTrue();
            }
        }
    }

    @Test
    void writability_followsThePeersReading() {
        try (RawClient client = connected("gil.phone")) {
            ScriptedChat.Talk talk = host.chat().last();
            int sent = fill(talk);
            for (int i = 0; i < sent; i++) {
                assertThat(client.next()).isInstanceOf(Delivered.class);
            }
            await().atMost(PATIENCE).until(() -> talk.events().contains("writable true"));
        }
    }

    @Test
    void answers_thatAreNeverRead_endTheConnection() {
        try (RawClient deaf = connected("joe.phone")) {
            ScriptedChat.Talk talk = host.chat().last();
            Delivery[] many = new Delivery[400];
            Arrays.fill(many, LARGE);
            talk.send(many);
            talk.connection.execute(() -> talk.events.add("sent"));
            await().atMost(PATIENCE).until(() -> talk.events().contains("sent"));
            deaf.send(new byte[] {(byte) 0xC0, 0});
            await().atMost(PATIENCE).until(() -> talk.events().contains("closed"));
        }
    }

    /** Sends until the connection is not writable any more. */
    private static int fill(ScriptedChat.Talk talk) {
        Delivery large =
                new Delivery("u/x", Bytes.wrap(new byte[60_000]), 0, 0, false, MessageProperties.NONE, List.of(), null);
        int sent = 0;
        while (!talk.events().contains("writable false")) {
            int before = sent;
            talk.send(LARGE, LARGE);
            talk.connection.execute(() -> talk.events.add("sent " + before));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> talk.events().contains("sent " + before));
            sent += 2;
            assertThat(sent).isLessThan(1_000);
        }
        return sent;
    }

    @Test
    void dialogue_thatThrows_costsItsOwnConnectionOnly() {
        try (RawClient victim = connected("hal.phone");
                RawClient other = connected("ivy.phone")) {
            ScriptedChat.Talk talk = host.chat().talks().get(0);
            talk.connection.execute(() -> {
                throw new IllegalStateException("a bug, on purpose");
            });
            assertThat(victim.next()).isEqualTo(new ServerPacket.Disconnected(0x80, "internal error"));
            assertThat(victim.next()).isEqualTo(new Closed());
            other.send(bytes.publish(ScriptedChat.publish("u/ivy/out/d/bob", 1, 3)));
            assertThat(other.next()).isInstanceOf(Answered.class);
            await().atMost(PATIENCE).until(() -> talk.events().contains("closed"));
        }
    }

    @Test
    void dialogue_thatThrowsOnAPublish_costsItsOwnConnectionOnly() {
        try (RawClient victim = connected("hal.phone");
                RawClient other = connected("ivy.phone")) {
            host.chat().talks().get(0).buggy = true;
            victim.send(bytes.publish(ScriptedChat.publish("u/hal/out/d/bob", 1, 3)));
            assertThat(victim.next()).isEqualTo(new ServerPacket.Disconnected(0x80, "internal error"));
            assertThat(victim.next()).isEqualTo(new Closed());
            other.send(bytes.publish(ScriptedChat.publish("u/ivy/out/d/bob", 1, 3)));
            assertThat(other.next()).isInstanceOf(Answered.class);
        }
    }

    @Test
    void receiveMaximum_exceeded_endsTheConnection() {
        host.chat().answering = false;
        try (RawClient client = connected("jan.phone")) {
            for (int id = 1; id <= 65; id++) {
                client.send(bytes.publish(ScriptedChat.publish("u/jan/out/d/bob", 1, id)));
            }
            assertThat(client.next())
                    .isInstanceOfSatisfying(
                            ServerPacket.Disconnected.class,
                            packet -> assertThat(packet.code()).isEqualTo(0x93));
            assertThat(host.chat().last().publishes).hasSize(64);
        }
    }

    @Test
    void open_refusedIn311_usesTheReturnCodesOf311() {
        host.chat().welcome = new Welcome.Out(0x97, "too many devices");
        try (RawClient client = new RawClient(host.broker().mqtt(), false)) {
            client.send(new ClientBytes(false).connect(Ask.of("kim.phone")));
            assertThat(client.next()).isEqualTo(new Connack(3, false, null));
            assertThat(client.next()).isEqualTo(new Closed());
        }
    }

    @Test
    void publish_moreThanMayWaitWhilePaused_staysInTheSocket() {
        host.chat().proceeding = false;
        try (RawClient client = connected("lea.phone")) {
            ScriptedChat.Talk talk = host.chat().last();
            client.send(bytes.subscribe(1, List.of(Filter.of("u/lea/#", 1))));
            await().atMost(PATIENCE).until(() -> talk.proceeds.size() == 1);
            talk.connection.execute(talk.connection::pauseReading);
            // Behind its SUBACK the host switches reading on again.
            talk.connection.execute(talk.proceeds.get(0));
            assertThat(client.next()).isEqualTo(new Suback(1));
            var sent = sendMoreThanMayWait(client);
            assertThat(client.isSilent(300)).isTrue();
            assertThat(talk.counted.get()).isLessThan(Gate.MOST_WAITING);
            talk.connection.execute(talk.connection::resumeReading);
            await().atMost(PATIENCE).until(() -> talk.counted.get() == MORE_THAN_MAY_WAIT);
            await().atMost(PATIENCE).until(sent::isDone);
        }
    }

    @Test
    void publish_moreThanMayWaitBehindASubscribe_staysInTheSocket() {
        host.chat().proceeding = false;
        try (RawClient client = connected("mia.phone")) {
            ScriptedChat.Talk talk = host.chat().last();
            client.send(bytes.subscribe(1, List.of(Filter.of("u/mia/#", 1))));
            var sent = sendMoreThanMayWait(client);
            assertThat(client.isSilent(300)).isTrue();
            assertThat(talk.counted.get()).isZero();
            talk.connection.execute(talk.proceeds.get(0));
            assertThat(client.next()).isEqualTo(new Suback(1));
            await().atMost(PATIENCE).until(() -> talk.counted.get() == MORE_THAN_MAY_WAIT);
            await().atMost(PATIENCE).until(sent::isDone);
        }
    }

    private CompletableFuture<Void> sendMoreThanMayWait(RawClient client) {
        byte[][] packets = new byte[MORE_THAN_MAY_WAIT][];
        Arrays.fill(packets, bytes.publish(ScriptedChat.publish(ScriptedChat.COUNTED, 0, 0)));
        return CompletableFuture.runAsync(() -> client.send(packets));
    }
}
