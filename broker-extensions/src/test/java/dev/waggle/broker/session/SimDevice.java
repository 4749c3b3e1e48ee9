package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A client with a good memory: it repeats what was not acknowledged and remembers everything that it got. */
final class SimDevice {
    /** What is on its way out. */
    private static final class Sending {
        final String conversation;
        final String key;
        final int qos;
        boolean tried;
        boolean received;

        Sending(String conversation, String key, int qos) {
            this.conversation = conversation;
            this.key = key;
            this.qos = qos;
        }
    }

    /** Above all packet ids of messages. */
    private static final int FIRST_READ_ID = 40_000;

    private static final int MOST_READS = 1_000;

    final String user;
    final String name;
    private final TestChat chat;
    private final boolean mqtt5;
    private final Map<Integer, Sending> sending = new LinkedHashMap<>();
    private final List<Delivery> unacknowledged = new ArrayList<>();
    private final Map<String, Long> lastHere = new HashMap<>();
    private final TreeSet<String> refusals = new TreeSet<>();
    private final Map<Integer, Map.Entry<String, Long>> reading = new HashMap<>();
    private int reads;
    /** On this connection the oldest entries of the inbox went. */
    boolean trimmed;

    private int lastId;
    private int keys;
    TestChat.@Nullable Client client;
    /** Keys that were acknowledged. */
    final Map<String, String> acknowledged = new HashMap<>();
    /** How far it was acknowledged that its user has read, by conversation. */
    final Map<String, Long> read = new HashMap<>();
    /** Seqs received, by conversation as this user names it. */
    final Map<String, TreeSet<Long>> received = new HashMap<>();
    /** Seqs announced as missing. */
    final Map<String, TreeSet<Long>> missing = new HashMap<>();
    /** Seqs below which nothing of a conversation may newly come: the user was removed there. */
    final Map<String, Long> removedAt = new HashMap<>();

    SimDevice(TestChat chat, String user, String name, boolean mqtt5) {
        this.chat = chat;
        this.user = user;
        this.name = name;
        this.mqtt5 = mqtt5;
    }

    void connect() {
        TestChat.Client next = chat.connect(mqtt5 ? People.mqtt5(user, name) : People.mqtt3(user, name));
        if (!(next.welcome instanceof Welcome.In in)) {
            next.close();
            return;
        }
        client = next;
        lastHere.clear();
        trimmed = false;
        unacknowledged.clear();
        reading.clear();
        if (!in.sessionPresent()) {
            next.subscribe(Filter.of("u/" + user + "/#", 1));
        }
        List.copyOf(sending.keySet()).forEach(packetId -> {
            Sending one = sending.get(packetId);
            if (one.received) {
                release(next, packetId);
            } else {
                publish(packetId, one);
            }
        });
        chat.run();
        listen();
    }

    /** A second connection comes before the first one has ended. */
    void takeOver() {
        TestChat.Client old = client;
        client = null;
        connect();
        if (old != null) {
            old.close();
        }
    }

    void close() {
        TestChat.Client now = client;
        client = null;
        if (now != null) {
            now.close();
        }
    }

    /** The server is gone. */
    void lost() {
        client = null;
    }

    void send(String conversation, int qos) {
        do {
            lastId = lastId % 1_000 + 1;
        } while (sending.containsKey(lastId));
        Sending one = new Sending(conversation, user + "-" + name + "-" + keys++, qos);
        if (sending.size() < 40) {
            sending.put(lastId, one);
            publish(lastId, one);
        }
    }

    private void publish(int packetId, Sending one) {
        TestChat.Client now = client;
        if (now == null) {
            return;
        }
        now.dialogue.publish(new InboundPublish(
                "u/" + user + "/out/" + one.conversation + "/" + one.key,
                Bytes.utf8(one.key),
                one.qos,
                packetId,
                one.tried,
                false,
                MessageProperties.NONE,
                null,
                null));
        one.tried = true;
    }

    /** Tells how far it has read in some conversation. */
    void read(Random random) {
        TestChat.Client now = client;
        List<String> conversations = received.keySet().stream().sorted().toList();
        if (now == null || conversations.isEmpty()) {
            return;
        }
        String conversation = conversations.get(random.nextInt(conversations.size()));
        TreeSet<Long> seqs = received.get(conversation);
        if (!seqs.isEmpty()) {
            int packetId = FIRST_READ_ID + reads++ % MOST_READS;
            reading.put(packetId, Map.entry(conversation, seqs.last()));
            now.dialogue.publish(new InboundPublish(
                    "u/" + user + "/read/" + conversation,
                    Bytes.utf8("" + seqs.last()),
                    1,
                    packetId,
                    false,
                    false,
                    MessageProperties.NONE,
                    null,
                    null));
        }
    }

    boolean isAnswered() {
        return sending.isEmpty();
    }

    boolean isDone() {
        return sending.isEmpty() && unacknowledged.isEmpty();
    }

    /** Takes what came, without a word to the server. */
    void listen() {
        TestChat.Client now = client;
        if (now == null) {
            return;
        }
        for (Delivery delivery : now.connection.take()) {
            heard(delivery);
        }
        List<Acknowledgement> answers = List.copyOf(now.connection.acknowledgements);
        now.connection.acknowledgements.clear();
        for (Acknowledgement answer : answers) {
            answered(now, answer);
        }
        for (Integer packetId : now.connection.completed) {
            sending.remove(packetId);
        }
        now.connection.completed.clear();
        if (now.connection.ended != 0) {
            close();
        }
    }

    private void answered(TestChat.Client now, Acknowledgement answer) {
        Map.Entry<String, Long> place = reading.remove(answer.packetId());
        if (place != null) {
            if (mqtt5 && answer.reasonCode() == 0) {
                read.merge(place.getKey(), place.getValue(), Math::max);
            }
            return;
        }
        Sending one = sending.get(answer.packetId());
        if (one == null) {
            return;
        }
        if (answer.reasonCode() == 0x80) {
            // May or may not be stored: again, as a new publish with the same key.
            sending.remove(answer.packetId());
            int next = answer.packetId() + 2_000;
            Sending again = new Sending(one.conversation, one.key, one.qos);
            sending.put(next, again);
            publish(next, again);
            return;
        }
        if (answer.reasonCode() == 0 && (mqtt5 || !refusals.contains(one.key))) {
            acknowledged.put(one.key, one.conversation);
        }
        if (one.qos == 2 && answer.reasonCode() == 0) {
            one.received = true;
            release(now, answer.packetId());
        } else {
            sending.remove(answer.packetId());
        }
    }

    /** An id that the chat does not know is completed by the host. */
    private void release(TestChat.Client now, int packetId) {
        if (!now.dialogue.released(packetId)) {
            sending.remove(packetId);
        }
    }

    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        sending.forEach((id, one) -> texts.add(id + ": " + one.key + " qos " + one.qos + " received " + one.received));
        return user + "." + name + " sends " + texts + ", has " + unacknowledged.size() + " to acknowledge";
    }

    private void heard(Delivery delivery) {
        ServerTopic topic =
                ServerTopicParser.parse(new UserId(user), delivery.topic()).get();
        unacknowledged.add(delivery);
        if (topic instanceof ServerTopic.In in) {
            arrived(in.conv().text(), in.seq(), in.seq(), received);
        } else if (topic instanceof ServerTopic.Ev event) {
            arrived(event.conv().text(), event.seq(), event.seq(), received);
        } else if (topic instanceof ServerTopic.Gap gap) {
            PayloadJson.Gap range = PayloadJson.readGap(delivery.payload()).get();
            arrived(gap.conv().text(), range.from(), range.to(), missing);
        } else if (topic instanceof ServerTopic.Sent sent && sent.id() != null) {
            if (PayloadJson.readSent(delivery.payload()).get() instanceof PayloadJson.Sent.Refused) {
                refusals.add(sent.id());
            }
        }
    }

    private void arrived(String conversation, long from, long to, Map<String, TreeSet<Long>> into) {
        // Entries that were trimmed become one gap, also over those that are on their way and not acknowledged.
        assertThat(trimmed && into == missing ? to : from)
                .as("%s.%s: order in %s", user, name, conversation)
                .isGreaterThan(lastHere.getOrDefault(conversation, 0L));
        lastHere.put(conversation, to);
        TreeSet<Long> all = into.computeIfAbsent(conversation, key -> new TreeSet<>());
        for (long seq = from; seq <= to; seq++) {
            if (into == received && all.add(seq)) {
                assertThat(seq)
                        .as("%s.%s: new in %s after the removal", user, name, conversation)
                        .isGreaterThanOrEqualTo(removedAt.getOrDefault(conversation, 0L));
            }
            all.add(seq);
        }
    }

    /** Acknowledges some of what came, in any order. */
    void acknowledge(Random random, boolean everything) {
        TestChat.Client now = client;
        Iterator<Delivery> each = unacknowledged.iterator();
        while (now != null && each.hasNext()) {
            Delivery delivery = each.next();
            if (everything || random.nextInt(3) == 0) {
                each.remove();
                now.acknowledge(delivery);
            }
        }
    }
}
