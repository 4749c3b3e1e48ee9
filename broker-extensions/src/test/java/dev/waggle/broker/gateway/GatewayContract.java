package dev.waggle.broker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.gateway.memory.ServerPacket.Answered;
import dev.waggle.broker.gateway.memory.ServerPacket.Closed;
import dev.waggle.broker.gateway.memory.ServerPacket.Connack;
import dev.waggle.broker.gateway.memory.ServerPacket.Delivered;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every gateway does, seen from both of its ends. */
public abstract class GatewayContract {

    /** The client's end. */
    public interface Client {
        void publish(InboundPublish publish);

        void acknowledge(int packetId);

        void release(int packetId);

        void subscribe(int packetId, Filter filter);

        void unsubscribe(int packetId, String topic);

        void disconnect(Long sessionExpirySeconds);

        void drop();

        /** What the client hears next. */
        ServerPacket next();

        /** Whether it hears nothing for a while. */
        boolean hearsNothing();

        /** Bytes of what it heard last, or -1 if there are no bytes. */
        int lastSize();
    }

    /** The chat behind the gateway; fresh for each test. */
    protected abstract ScriptedChat chat();

    /** Says CONNECT. */
    protected abstract Client connect(Ask ask, boolean mqtt5);

    /** Lets things happen until the condition holds, or fails. */
    protected abstract void eventually(BooleanSupplier condition);

    private Client connected(boolean mqtt5) {
        Client client = connect(Ask.of("ann.phone"), mqtt5);
        assertThat(client.next()).isEqualTo(new Connack(0, false, mqtt5 ? 0L : null));
        return client;
    }

    private void eventuallyHappened(String event) {
        eventually(() -> chat().last().events().contains(event));
    }

    private static InboundPublish publish(int packetId) {
        return ScriptedChat.publish("u/ann/out/d/bob", 1, packetId);
    }

    private static Answered answered(int packetId) {
        return new Answered(new Acknowledgement(packetId, 1, 0, null, (long) packetId));
    }

    @Test
    void connack_untilTheDialogueIsOpen_waits() {
        chat().welcome = null;
        Client client = connect(Ask.of("ann.phone").resuming(100), true);
        eventually(() -> !chat().talks().isEmpty());
        assertThat(client.hearsNothing()).isTrue();
        chat().last().answer.accept(new Welcome.In(true, 3, List.of()));
        assertThat(client.next()).isEqualTo(new Connack(0, true, 3L));
    }

    @Test
    void connack_in311_carriesSessionPresentOnly() {
        chat().welcome = new Welcome.In(true, 3, List.of());
        Client client = connect(Ask.of("ann.phone").resuming(100), false);
        assertThat(client.next()).isEqualTo(new Connack(0, true, null));
    }

    @Test
    void profile_saysWhatTheClientAskedFor() {
        connected(true);
        Profile profile = chat().last().connection.profile();
        assertThat(profile.clientId()).isEqualTo("ann.phone");
        assertThat(profile.identity().user().value()).isEqualTo("ann");
        assertThat(profile.mqtt5()).isTrue();
        assertThat(profile.cleanStart()).isTrue();
        assertThat(profile.problemInformation()).isTrue();
        assertThat(profile.durable()).isFalse();
    }

    @Test
    void open_refused_saysWhyAndCloses() {
        chat().welcome = new Welcome.Out(0x97, "too many devices");
        Client client = connect(Ask.of("ann.phone"), true);
        assertThat(client.next()).isEqualTo(new Connack(0x97, false, null));
        assertThat(client.next()).isEqualTo(new Closed());
        eventually(() -> chat().last().events().equals(List.of("open", "closed")));
    }

    @Test
    void open_whenTheClientIsGoneBeforeTheAnswer_isClosedOnceAndTheAnswerIgnored() {
        chat().welcome = null;
        Client client = connect(Ask.of("ann.phone"), true);
        eventually(() -> !chat().talks().isEmpty());
        client.drop();
        chat().last().answer.accept(ScriptedChat.NEW);
        eventuallyHappened("closed");
        assertThat(chat().last().events()).containsExactly("open", "closed");
    }

    @Test
    void send_beforeTheConnack_followsIt() {
        chat().welcome = null;
        Client client = connect(Ask.of("ann.phone"), true);
        eventually(() -> !chat().talks().isEmpty());
        Delivery delivery = ScriptedChat.delivery("u/ann/in/d/bob/bob/1/2", "yo", 1024);
        chat().last().send(delivery);
        assertThat(client.hearsNothing()).isTrue();
        chat().last().answer.accept(ScriptedChat.NEW);
        assertThat(client.next()).isInstanceOf(Connack.class);
        assertThat(client.next()).isEqualTo(new Delivered(delivery));
    }

    @Test
    void publish_severalInOneGo_areAnsweredInOrder() {
        Client client = connected(true);
        for (int id = 1; id <= 20; id++) {
            client.publish(publish(id));
        }
        for (int id = 1; id <= 20; id++) {
            assertThat(client.next()).isEqualTo(answered(id));
        }
    }

    @Test
    void publish_withEverythingMqtt5Has_reachesTheChatWhole() {
        Client client = connected(true);
        InboundPublish whole = new InboundPublish(
                "u/ann/out/d/bob",
                Bytes.utf8("grüß"),
                1,
                9,
                true,
                true,
                new MessageProperties(
                        "text/plain", true, 77, List.of(new UserProperty("a", "1"), new UserProperty("a", "ü"))),
                Bytes.utf8("key"),
                "u/ann/reply/me");
        client.publish(whole);
        eventuallyHappened("publish 9");
        assertThat(chat().last().publishes).containsExactly(whole);
    }

    @Test
    void publish_thatTheChatLeavesAlone_doesNotDisturbTheNext() {
        Client client = connected(true);
        client.publish(ScriptedChat.publish("news/today", 0, 0));
        client.publish(publish(2));
        assertThat(client.next()).isEqualTo(answered(2));
        assertThat(chat().last().publishes).hasSize(1);
    }

    @Test
    void publish_withQos2_isAnsweredWithPubrecAndPubcomp() {
        Client client = connected(false);
        client.publish(ScriptedChat.publish("u/ann/out/d/bob", 2, 7));
        assertThat(client.next()).isEqualTo(new Answered(new Acknowledgement(7, 2, 0, null, null)));
        client.release(7);
        assertThat(client.next()).isEqualTo(new ServerPacket.Completed(7));
    }

    @Test
    void release_thatTheChatDoesNotKnow_isCompletedAllTheSame() {
        Client client = connected(true);
        client.release(9);
        assertThat(client.next()).isEqualTo(new ServerPacket.Completed(9));
    }

    @Test
    void acknowledge_withARefusal_carriesTheReason() {
        chat().answering = false;
        Client client = connected(true);
        client.publish(publish(4));
        eventuallyHappened("publish 4");
        Acknowledgement refusal = new Acknowledgement(4, 1, 0x87, "not a member", null);
        acknowledge(refusal);
        assertThat(client.next()).isEqualTo(new Answered(refusal));
    }

    @Test
    void acknowledge_withoutProblemInformation_isBare() {
        chat().answering = false;
        Client client = connect(Ask.of("ann.phone").withoutProblemInformation(), true);
        assertThat(client.next()).isInstanceOf(Connack.class);
        client.publish(publish(4));
        eventuallyHappened("publish 4");
        acknowledge(new Acknowledgement(4, 1, 0x87, "not a member", 12L));
        assertThat(client.next()).isEqualTo(new Answered(new Acknowledgement(4, 1, 0x87, null, null)));
    }

    private void acknowledge(Acknowledgement acknowledgement) {
        Connection connection = chat().last().connection;
        connection.execute(() -> {
            connection.acknowledge(acknowledgement);
            connection.flush();
        });
    }

    @Test
    void send_withEverything_arrivesWholeInTheSizeForetold() {
        Client client = connected(true);
        Delivery delivery = new Delivery(
                "u/ann/in/d/bob/bob/1/2",
                Bytes.wrap(new byte[300]),
                1,
                65_023,
                true,
                new MessageProperties("text/plain", true, 0xFFFF_FFFFL, List.of(new UserProperty("k", "grüß"))),
                List.of(1, 268_435_455),
                Bytes.utf8("corr"));
        Connection connection = chat().last().connection;
        List<Integer> size = new CopyOnWriteArrayList<>();
        connection.execute(() -> size.add(connection.sizeOf(delivery)));
        chat().last().send(delivery);
        assertThat(client.next()).isEqualTo(new Delivered(delivery));
        if (client.lastSize() >= 0) {
            assertThat(size).containsExactly(client.lastSize());
        }
    }

    @Test
    void send_to311_carriesNoProperties() {
        Client client = connected(false);
        MessageProperties properties = new MessageProperties("text/plain", true, 9, List.of());
        Delivery delivery = new Delivery(
                "u/ann/in/d/bob/bob/1/2", Bytes.utf8("x"), 0, 0, false, properties, List.of(4), Bytes.utf8("c"));
        chat().last().send(delivery);
        assertThat(client.next()).isEqualTo(new Delivered(ScriptedChat.delivery("u/ann/in/d/bob/bob/1/2", "x", 0)));
    }

    @Test
    void acknowledged_tellsEachIdInOrderAsOftenAsItComes() {
        Client client = connected(true);
        client.acknowledge(1024);
        client.acknowledge(65_535);
        client.acknowledge(1024);
        client.publish(publish(1));
        assertThat(client.next()).isEqualTo(answered(1));
        assertThat(chat().last().events())
                .containsExactly("open", "acknowledged 1024", "acknowledged 65535", "acknowledged 1024", "publish 1");
    }

    @Test
    void pauseReading_keepsEverythingOutUntilResumed() {
        Client client = connected(true);
        Connection connection = chat().last().connection;
        connection.execute(connection::pauseReading);
        connection.execute(() -> chat().last().events.add("paused"));
        eventuallyHappened("paused");
        client.publish(publish(1));
        client.acknowledge(1024);
        client.publish(publish(2));
        assertThat(client.hearsNothing()).isTrue();
        assertThat(chat().last().events()).containsExactly("open", "paused");
        connection.execute(connection::resumeReading);
        assertThat(client.next()).isEqualTo(answered(1));
        assertThat(client.next()).isEqualTo(answered(2));
        assertThat(chat().last().events())
                .containsExactly("open", "paused", "publish 1", "acknowledged 1024", "publish 2");
    }

    @Test
    void subscribe_untilTheChatProceeds_holdsBackWhatFollows() {
        chat().proceeding = false;
        Client client = connected(true);
        Filter filter = new Filter("u/ann/#", 1, true, true, 2, 77);
        client.subscribe(5, filter);
        client.publish(publish(6));
        eventuallyHappened("subscribe u/ann/#");
        assertThat(client.hearsNothing()).isTrue();
        assertThat(chat().last().filters).containsExactly(filter);
        proceed(0);
        assertThat(client.next()).isEqualTo(new ServerPacket.Suback(5));
        assertThat(client.next()).isEqualTo(answered(6));
    }

    @Test
    void subscribeAndUnsubscribe_inARow_keepTheirOrder() {
        Client client = connected(true);
        client.subscribe(5, Filter.of("u/ann/in/#", 1));
        client.unsubscribe(6, "u/ann/in/#");
        client.subscribe(7, Filter.of("u/ann/#", 1));
        client.publish(publish(8));
        assertThat(client.next()).isEqualTo(new ServerPacket.Suback(5));
        assertThat(client.next()).isEqualTo(new ServerPacket.Unsuback(6));
        assertThat(client.next()).isEqualTo(new ServerPacket.Suback(7));
        assertThat(client.next()).isEqualTo(answered(8));
        assertThat(chat().last().events())
                .containsExactly(
                        "open", "subscribe u/ann/in/#", "unsubscribe u/ann/in/#", "subscribe u/ann/#", "publish 8");
    }

    @Test
    void subscribe_whilePaused_waitsToo() {
        Client client = connected(true);
        Connection connection = chat().last().connection;
        connection.execute(connection::pauseReading);
        connection.execute(() -> chat().last().events.add("paused"));
        eventuallyHappened("paused");
        client.subscribe(5, Filter.of("u/ann/#", 1));
        client.publish(publish(6));
        assertThat(client.hearsNothing()).isTrue();
        connection.execute(connection::resumeReading);
        assertThat(client.next()).isEqualTo(new ServerPacket.Suback(5));
        assertThat(client.next()).isEqualTo(answered(6));
    }

    private void proceed(int index) {
        ScriptedChat.Talk talk = chat().last();
        talk.connection.execute(talk.proceeds.get(index));
    }

    @Test
    void disconnect_tellsTheNewExpiryThenTheEnd() {
        Client client = connect(Ask.of("ann.phone").resuming(100), true);
        assertThat(client.next()).isInstanceOf(Connack.class);
        client.publish(publish(1));
        client.disconnect(0L);
        eventuallyHappened("closed");
        assertThat(chat().last().events()).containsExactly("open", "publish 1", "disconnecting 0", "closed");
    }

    @Test
    void disconnect_withoutAnExpiry_tellsNone() {
        Client client = connected(false);
        client.disconnect(null);
        eventuallyHappened("closed");
        assertThat(chat().last().events()).containsExactly("open", "disconnecting null", "closed");
    }

    @Test
    void drop_isToldOnceAndNothingAfterIt() {
        Client client = connected(true);
        Connection connection = chat().last().connection;
        client.drop();
        eventuallyHappened("closed");
        connection.execute(() -> chat().last().events.add("too late"));
        chat().last().send(ScriptedChat.delivery("u/ann/in/d/bob/bob/1/2", "yo", 1024));
        connection.disconnect(0x98, "kicked");
        eventually(() -> true);
        assertThat(chat().last().events()).containsExactly("open", "closed");
    }

    @Test
    void disconnect_byTheChat_saysWhyInMqtt5() {
        Client client = connected(true);
        chat().last().connection.disconnect(0x98, "kicked");
        assertThat(client.next()).isEqualTo(new ServerPacket.Disconnected(0x98, "kicked"));
        assertThat(client.next()).isEqualTo(new Closed());
        eventually(() -> chat().last().events().equals(List.of("open", "closed")));
    }

    @Test
    void disconnect_byTheChatIn311_closes() {
        Client client = connected(false);
        chat().last().connection.disconnect(0x98, "kicked");
        assertThat(client.next()).isEqualTo(new Closed());
        eventually(() -> chat().last().events().equals(List.of("open", "closed")));
    }

    @Test
    void execute_runsTasksInTheOrderOfTheCalls() {
        connected(true);
        List<Integer> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            chat().last().connection.execute(() -> order.add(number));
        }
        eventually(() -> order.size() == 1_000);
        assertThat(order).isSorted();
    }
}
