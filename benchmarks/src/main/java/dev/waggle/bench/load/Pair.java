package dev.waggle.bench.load;

import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One sender and one receiver. A message carries the time it was due and its number, so the receiving side needs no
 * table. Confined to the loop's thread.
 */
final class Pair {
    private static final int STAMP_BYTES = 16;

    private final Tally tally;
    private final PairPlan plan;
    private final RandomBytes random;
    private final byte[] topic;
    private final String filter;
    private final byte[] payload;
    private final byte[] key = new byte[8];
    private final long keyBase;
    private final LoadClient sender;
    private final LoadClient receiver;
    private final LongQueue due = new LongQueue();
    private final LongQueue unacknowledged = new LongQueue();
    private long sent;
    private long acknowledged;
    private long delivered;
    private boolean stopped;

    /** Addresses of both ends. */
    record Ends(Connect sender, Connect receiver, byte[] topic, String filter) {}

    Pair(
            Loop loop,
            InetSocketAddress address,
            Ends ends,
            PairPlan plan,
            Tally tally,
            RandomBytes random,
            long keyBase) {
        this.tally = tally;
        this.plan = plan;
        this.random = random;
        this.topic = ends.topic();
        this.filter = ends.filter();
        this.payload = new byte[Math.max(STAMP_BYTES, plan.payloadBytes())];
        this.keyBase = keyBase;
        this.sender = new LoadClient(loop, address, ends.sender(), new Sending());
        this.receiver = new LoadClient(loop, address, ends.receiver(), new Receiving());
    }

    void open() {
        receiver.open();
        sender.open();
    }

    void close() {
        stopped = true;
        sender.close();
        receiver.close();
    }

    /** A closed loop sends no more; an open loop still sends what is due. */
    void stop() {
        stopped = true;
    }

    long unfinished() {
        return underWay() + due.size();
    }

    private long underWay() {
        return sent - Math.min(acknowledged, delivered);
    }

    /** One more message of an open-loop run. */
    void due(long dueNanos) {
        due.add(dueNanos);
        sendDue();
    }

    /** Fills the window of a closed-loop run. */
    void fillWindow() {
        while (!stopped && underWay() < plan.window() && unacknowledged.size() < sender.receiveMaximum()) {
            send(System.nanoTime());
        }
    }

    private void sendDue() {
        int limit = Math.min(sender.receiveMaximum(), PairPlan.OPEN_LOOP_WINDOW);
        while (sender.isConnected() && due.size() > 0 && unacknowledged.size() < limit) {
            send(due.remove());
        }
    }

    private void send(long dueNanos) {
        long number = ++sent;
        ByteBuffer.wrap(payload).putLong(dueNanos).putLong(number);
        random.fill(payload, STAMP_BYTES);
        byte[] correlation = null;
        if (plan.keys()) {
            ByteBuffer.wrap(key).putLong(keyBase + number);
            correlation = key;
        }
        sender.publish(topic, 1, 0, correlation, payload);
        unacknowledged.add(dueNanos);
        tally.sent++;
        if (tally.counts(dueNanos)) {
            tally.lateness.record(System.nanoTime() - dueNanos);
        }
    }

    private void onward() {
        if (plan.window() > 0) {
            fillWindow();
        } else {
            sendDue();
        }
    }

    private final class Sending implements ClientListener {
        @Override
        public void connected(LoadClient client, Packet connack) {
            if (connack.reason() != 0) {
                tally.fail(client.clientId() + " refused: " + connack.reason() + " " + connack.reasonString());
            } else {
                tally.oneMoreReady();
            }
        }

        @Override
        public void acknowledged(LoadClient client, Packet puback) {
            long dueNanos = unacknowledged.remove();
            acknowledged++;
            tally.acknowledged++;
            if (puback.reason() >= 0x80) {
                // It will not be delivered.
                delivered++;
                tally.refuse("0x" + Integer.toHexString(puback.reason()) + " " + puback.reasonString());
            } else if (tally.counts(dueNanos)) {
                tally.acknowledgement.record(System.nanoTime() - dueNanos);
            }
            onward();
        }

        @Override
        public void closed(LoadClient client, String cause) {
            tally.fail(client.clientId() + ": " + cause);
        }
    }

    private final class Receiving implements ClientListener {
        private long lastNumber;

        @Override
        public void connected(LoadClient client, Packet connack) {
            if (connack.reason() != 0) {
                tally.fail(client.clientId() + " refused: " + connack.reason() + " " + connack.reasonString());
            } else {
                client.subscribe(filter, 1);
            }
        }

        @Override
        public void subscribed(LoadClient client, Packet suback) {
            if (suback.granted() == 1) {
                tally.oneMoreReady();
            } else {
                tally.fail(client.clientId() + ": SUBACK " + suback.granted());
            }
        }

        @Override
        public boolean arrived(LoadClient client, Packet publish) {
            if (publish.payloadLength() != payload.length) {
                return true;
            }
            long now = System.nanoTime();
            long dueNanos = publish.payloadLong(0);
            long number = publish.payloadLong(8);
            if (number <= lastNumber) {
                tally.repeated++;
                return true;
            }
            if (number != lastNumber + 1) {
                tally.outOfOrder++;
            }
            lastNumber = number;
            delivered++;
            tally.delivered++;
            if (now - tally.fromNanos >= 0 && now - tally.untilNanos < 0) {
                tally.deliveredInWindow++;
            }
            if (tally.counts(dueNanos)) {
                tally.delivery.record(now - dueNanos);
            }
            onward();
            return true;
        }

        @Override
        public void closed(LoadClient client, String cause) {
            tally.fail(client.clientId() + ": " + cause);
        }
    }
}
