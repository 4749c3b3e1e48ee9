package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.ArrivalText;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.broker.cli.mqtt.Target;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A durable device of the demonstration. While it is awake a thread takes what arrives, writes it down, and then
 * acknowledges it.
 */
final class Device {

    private static final Duration LOOK = Duration.ofMillis(200);

    /**
     * A line of a conversation as a device saw it.
     *
     * @param text the body of a message, or the kind of an event
     * @param connection of the device, counted from 1
     */
    record Seen(String conversation, long seq, String from, String text, int connection) {

        /** Came before on an earlier connection. On one connection nothing may come twice. */
        boolean repeatOf(List<Seen> earlier) {
            return earlier.stream()
                    .anyMatch(other -> other.conversation.equals(conversation)
                            && other.seq == seq
                            && other.connection < connection);
        }
    }

    private final Target identity;
    private final IntFunction<Target> at;
    private final ArrivalText form;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger repeats = new AtomicInteger();
    private @Nullable MqttSession session;
    private int connections;

    /** @param at where to connect, given the broker's port */
    Device(IntFunction<Target> at) {
        this.identity = at.apply(0);
        this.at = at;
        this.form = new ArrivalText(identity.user(), ZoneOffset.UTC);
    }

    String user() {
        return identity.user().value();
    }

    String name() {
        return identity.user() + "'s " + identity.device();
    }

    /** Connects for the first time and subscribes to everything of the user. */
    void install(int port) throws CommandFailed, InterruptedException {
        connect(port).subscribe("#");
    }

    /** Connects again; true if the broker knew it, so that nothing needs to be subscribed. */
    boolean wake(int port) throws CommandFailed {
        return connect(port).continued();
    }

    /** Goes away; the broker keeps what comes. */
    void sleep() {
        MqttSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    MqttSession session() throws CommandFailed {
        if (session == null) {
            throw new CommandFailed(name() + " is asleep");
        }
        return session;
    }

    /** What was seen of conversations so far, in the order of arrival. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The same for people. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many lines came once more after the crash. */
    int repeats() {
        return repeats.get();
    }

    private MqttSession connect(int port) throws CommandFailed {
        MqttSession open = MqttSession.open(at.apply(port));
        session = open;
        connections++;
        int connection = connections;
        Thread taker = new Thread(() -> take(open, connection), name());
        taker.setDaemon(true);
        taker.start();
        return open;
    }

    private void take(MqttSession open, int connection) {
        try {
            while (true) {
                Optional<Arrival> arrival = open.next(LOOK);
                if (arrival.isPresent()) {
                    writeDown(arrival.get(), connection);
                    arrival.get().acknowledge();
                }
            }
        } catch (CommandFailed ended) {
            return; // asleep, or the broker is gone
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeDown(Arrival arrival, int connection) {
        Optional<Seen> line = ServerTopicParser.parse(identity.user(), arrival.topic())
                .fold(topic -> seen(topic, arrival, connection), unknown -> Optional.empty());
        if (line.isPresent() && line.get().repeatOf(seen)) {
            repeats.incrementAndGet(); // the cursor fell back in a crash; a client drops it by its number
            return;
        }
        line.ifPresent(seen::add);
        lines.add(form.line(arrival));
    }

    private static Optional<Seen> seen(ServerTopic topic, Arrival arrival, int connection) {
        if (topic instanceof ServerTopic.In message) {
            String text = arrival.text().orElse("(bytes)");
            return Optional.of(new Seen(
                    message.conv().text(), message.seq(), message.from().toString(), text, connection));
        } else if (topic instanceof ServerTopic.Ev event) {
            return Optional.of(
                    new Seen(event.conv().text(), event.seq(), event.from().toString(), event.kind(), connection));
        }
        return Optional.empty();
    }
}
