package dev.waggle.broker.testkit;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.Profile;
import dev.waggle.spec.message.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A connection whose thread is the test: it remembers what was said, and runs its tasks when told. */
public final class FakeConnection implements Connection {
    public final List<Acknowledgement> acknowledgements = new ArrayList<>();
    public final List<Delivery> deliveries = new ArrayList<>();
    public final List<Integer> completed = new ArrayList<>();
    public final List<String> endedFilters = new ArrayList<>();
    public final List<Filter> loweredFilters = new ArrayList<>();
    public boolean writable = true;
    public boolean reading = true;
    public int flushes;
    /** Reason code of the end, or 0. */
    public int ended;

    public String endReason = "";
    private final Profile profile;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private boolean closed;

    public FakeConnection(Profile profile) {
        this.profile = profile;
    }

    /**
     * Runs what was left for this connection's thread, and what that leaves.
     *
     * @return false if there was nothing
     */
    public boolean run() {
        boolean any = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            any = true;
        }
        return any;
    }

    /** The socket is gone. */
    public void close() {
        closed = true;
        tasks.clear();
    }

    /** What was delivered since the last time. */
    public List<Delivery> take() {
        List<Delivery> taken = List.copyOf(deliveries);
        deliveries.clear();
        return taken;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            tasks.add(task);
        }
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
        acknowledgements.add(acknowledgement);
    }

    @Override
    public void complete(int packetId) {
        completed.add(packetId);
    }

    /** MQTT 5 §3.3 without properties, which is enough to be too large. */
    @Override
    public int sizeOf(Delivery delivery) {
        int rest = 2
                + utf8(delivery.topic())
                + (delivery.qos() > 0 ? 2 : 0)
                + 1
                + delivery.payload().size();
        return 1 + (rest < 128 ? 1 : rest < 16_384 ? 2 : 3) + rest;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void send(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pauseReading() {
        reading = false;
    }

    @Override
    public void resumeReading() {
        reading = true;
    }

    @Override
    public void restrict(List<String> gone, List<Filter> lowered) {
        endedFilters.addAll(gone);
        loweredFilters.addAll(lowered);
    }

    @Override
    public void disconnect(int reasonCode, String reason) {
        if (ended == 0) {
            ended = reasonCode;
            endReason = reason;
        }
    }
}
