package dev.waggle.broker.gateway;

import dev.waggle.broker.gateway.Dialogue.Welcome;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.MessageProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A chat that takes over what is published under {@code u/}, records all it is told and answers as the test wants: by
 * itself, or when the test says so.
 */
public final class ScriptedChat implements Dialogue.Host {
    /** Publishes to this topic are only counted. */
    public static final String COUNTED = "u/counted";

    public static final Welcome NEW = new Welcome.In(false, 0, List.of());

    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    /** Given to every open; null leaves it to the test. */
    public volatile Welcome welcome = NEW;
    /** Whether publishes are answered at once, with their packet id as seq. */
    public volatile boolean answering = true;
    /** Whether SUBSCRIBE and UNSUBSCRIBE go on at once. */
    public volatile boolean proceeding = true;

    @Override
    public Dialogue connected(Connection connection) {
        Talk talk = new Talk(connection);
        talks.add(talk);
        return talk;
    }

    /** Forgets what happened and answers everything again. */
    public void reset() {
        talks.clear();
        welcome = NEW;
        answering = true;
        proceeding = true;
    }

    public List<Talk> talks() {
        return talks;
    }

    public Talk last() {
        return talks.get(talks.size() - 1);
    }

    public static Delivery delivery(String topic, String body, int packetId) {
        return new Delivery(
                topic,
                Bytes.utf8(body),
                packetId == 0 ? 0 : 1,
                packetId,
                false,
                MessageProperties.NONE,
                List.of(),
                null);
    }

    public static InboundPublish publish(String topic, int qos, int packetId) {
        return new InboundPublish(
                topic, Bytes.utf8("hi"), qos, packetId, false, false, MessageProperties.NONE, null, null);
    }

    /** One recorded dialogue. Its events may be read from any thread. */
    public final class Talk implements Dialogue {
        public final Connection connection;
        public final List<String> events = new CopyOnWriteArrayList<>();
        public final List<InboundPublish> publishes = new CopyOnWriteArrayList<>();
        public final AtomicInteger counted = new AtomicInteger();
        public final List<Filter> filters = new CopyOnWriteArrayList<>();
        public final List<Runnable> proceeds = new CopyOnWriteArrayList<>();
        public volatile Consumer<Welcome> answer;
        /** Throws at the next publish. */
        public volatile boolean buggy;

        private Talk(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void open(Consumer<Welcome> answer) {
            this.answer = answer;
            events.add("open");
            if (welcome != null) {
                answer.accept(welcome);
            }
        }

        @Override
        public boolean publish(InboundPublish publish) {
            if (!publish.topic().startsWith("u/")) {
                return false;
            }
            if (publish.topic().equals(COUNTED)) {
                counted.incrementAndGet();
                return true;
            }
            if (buggy) {
                throw new IllegalArgumentException("a bug, on purpose");
            }
            publishes.add(publish);
            events.add("publish " + publish.packetId());
            if (answering && publish.qos() > 0) {
                connection.acknowledge(
                        new Acknowledgement(publish.packetId(), publish.qos(), 0, null, (long) publish.packetId()));
                connection.flush();
            }
            return true;
        }

        @Override
        public boolean acknowledged(int packetId) {
            events.add("acknowledged " + packetId);
            return packetId >= 1024;
        }

        @Override
        public boolean released(int packetId) {
            events.add("released " + packetId);
            if (publishes.stream().noneMatch(publish -> publish.packetId() == packetId)) {
                return false;
            }
            connection.complete(packetId);
            connection.flush();
            return true;
        }

        @Override
        public void subscribe(List<Filter> asked, Consumer<List<Filter>> proceed) {
            filters.addAll(asked);
            events.add("subscribe " + asked.get(0).topic());
            change(() -> proceed.accept(asked));
        }

        @Override
        public void unsubscribe(List<String> topics, Runnable proceed) {
            events.add("unsubscribe " + topics.get(0));
            change(proceed);
        }

        private void change(Runnable proceed) {
            proceeds.add(proceed);
            if (proceeding) {
                proceed.run();
            }
        }

        @Override
        public void disconnecting(Long sessionExpirySeconds) {
            events.add("disconnecting " + sessionExpirySeconds);
        }

        @Override
        public void writabilityChanged() {
            events.add("writable " + connection.isWritable());
        }

        @Override
        public void closed() {
            events.add("closed");
        }

        public void send(Delivery... deliveries) {
            connection.execute(() -> {
                for (Delivery delivery : deliveries) {
                    connection.send(delivery);
                }
                connection.flush();
            });
        }

        public List<String> events() {
            return new ArrayList<>(events);
        }
    }
}
