package dev.waggle.broker.cli.chat;

import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.mqtt.Arrival;
import dev.waggle.broker.cli.mqtt.MqttSession;
import dev.waggle.broker.cli.mqtt.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A connection that is made again when it ends. One thread takes ({@link #run}), another sends; what was sent when the
 * connection ended is sent again with its key, so it is stored once.
 */
public final class Link implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long FIRST_PAUSE_MILLIS = 500;

    /** A broker that restarts is back long before. */
    private static final int MOST_ATTEMPTS = 8;

    private final Target target;
    private final Consumer<String> told;
    private MqttSession session;
    private boolean closed;
    private boolean lost;

    private Link(Target target, Consumer<String> told, MqttSession session) {
        this.target = target;
        this.told = told;
        this.session = session;
    }

    /** @param told takes what people should know of the connection */
    public static Link open(Target target, Consumer<String> told) throws CommandFailed, InterruptedException {
        return new Link(target, told, connected(target));
    }

    private static MqttSession connected(Target target) throws CommandFailed, InterruptedException {
        MqttSession session = MqttSession.open(target);
        session.subscribe("#");
        return session;
    }

    /** Hands over what arrives, until closed or until the broker stays away; then it says so. */
    public void run(Consumer<Arrival> taker, Runnable idle) {
        try {
            while (true) {
                MqttSession current = current();
                try {
                    take(current, taker, idle);
                    return;
                } catch (CommandFailed ended) {
                    if (isClosed()) {
                        return;
                    }
                    told.accept(ended.getMessage() + "; connecting again");
                    replace(current);
                }
            }
        } catch (CommandFailed gone) {
            told.accept(gone.getMessage());
            giveUp();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            giveUp();
        }
    }

    private void take(MqttSession current, Consumer<Arrival> taker, Runnable idle)
            throws CommandFailed, InterruptedException {
        while (!isClosed()) {
            Optional<Arrival> arrival = current.next(LOOK);
            if (arrival.isPresent()) {
                taker.accept(arrival.get());
            } else {
                idle.run();
            }
        }
    }

    /**
     * Sends a message and waits for its acknowledgement, over as many connections as it takes.
     *
     * @return its seq, if the broker tells it
     * @throws CommandFailed if it is refused, or the broker stays away
     */
    public Optional<Long> send(String conversation, byte[] body) throws CommandFailed, InterruptedException {
        byte[] key = current().newKey();
        while (true) {
            MqttSession current = current();
            try {
                return current.send(conversation, body, key);
            } catch (CommandFailed failed) {
                if (current.connected() || isClosed()) {
                    throw failed;
                }
                awaitAnother(current);
            }
        }
    }

    /** Publishes below the user's prefix, at QoS 1, and waits for the acknowledgement. */
    public void publish(String rest, byte[] payload) throws CommandFailed, InterruptedException {
        current().publish(rest, payload);
    }

    /** Waits until this is so, or the time is over, or the broker stays away. */
    public synchronized void awaitUntil(BooleanSupplier so, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean() && !lost && System.nanoTime() < end) {
            wait(LOOK.toMillis());
        }
    }

    private synchronized MqttSession current() {
        return session;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void replace(MqttSession ended) throws CommandFailed, InterruptedException {
        ended.close();
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++, pause *= 2) {
            pause(pause);
            if (isClosed()) {
                return;
            }
            try {
                put(connected(target));
                told.accept("connected again");
                return;
            } catch (CommandFailed again) {
                if (attempt == MOST_ATTEMPTS) {
                    throw again;
                }
            }
        }
    }

    private synchronized void put(MqttSession next) {
        session = next;
        notifyAll();
    }

    private synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!closed && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    private synchronized void awaitAnother(MqttSession ended) throws CommandFailed, InterruptedException {
        while (session == ended && !lost) {
            wait();
        }
        if (lost) {
            throw new CommandFailed("the broker stayed away");
        }
    }

    private synchronized void giveUp() {
        lost = true;
        notifyAll();
    }

    @Override
    public void close() {
        MqttSession current;
        synchronized (this) {
            closed = true;
            current = session;
            notifyAll();
        }
        current.close();
    }
}
