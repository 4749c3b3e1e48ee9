package dev.waggle.bench.load;

import dev.waggle.bench.report.Latency;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Packet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One sender and a group of online members. A message is done when it is acknowledged and every other member has it;
 * the sender keeps a window of messages that are not done.
 */
public final class FanOutLoad implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RING = 1 << 12;

    private final Loop loop;
    private final Target target;
    private final Target.Group group;
    private final int members;
    private final int window;
    private final byte[] payload;
    private final RandomBytes random;
    private final List<LoadClient> clients = new ArrayList<>();
    private final int[] remaining = new int[RING];
    private final Latency each = new Latency();
    private final Latency last = new Latency();
    private int ready;
    private String failure = "";
    private long sent;
    private long done;
    private long deliveries;
    private long fromNanos = Long.MAX_VALUE;
    private boolean stopped;

    /**
     * @param deliveriesPerSecond to all members together
     * @param each due → a member has it
     * @param last due → all have it
     */
    public record Outcome(
            double messagesPerSecond,
            double deliveriesPerSecond,
            Latency each,
            Latency last,
            double brokerCpu,
            double generatorCpu,
            double othersCpu,
            long unfinished) {}

    public FanOutLoad(Loop loop, Target target, int members, int window, int payloadBytes, long seed) {
        this.loop = loop;
        this.target = target;
        this.group = target.group(members);
        this.members = members;
        this.window = window;
        this.payload = new byte[Math.max(16, payloadBytes)];
        this.random = new RandomBytes(seed);
    }

    public void connect() {
        loop.execute(() -> {
            for (int i = 0; i < members; i++) {
                LoadClient client = new LoadClient(
                        loop,
                        target.address(),
                        target.connect(i).durable(true, 3600),
                        i == 0 ? new Sender() : new Member(i));
                clients.add(client);
                client.open();
            }
        });
        Waiting.until("the group connects", LIMIT, () -> {
            check();
            return loop.ask(() -> ready) == members;
        });
    }

    public Outcome run(Duration warmUp, Duration measured) {
        loop.execute(this::fill);
        Waiting.pause(warmUp);
        long[] start = new long[2];
        CpuClock before = CpuClock.now(target.process().pid());
        loop.ask(() -> {
            fromNanos = System.nanoTime();
            start[0] = done;
            start[1] = deliveries;
            return true;
        });
        Waiting.pause(measured);
        CpuClock after = CpuClock.now(target.process().pid());
        long[] end = loop.ask(() -> {
            stopped = true;
            return new long[] {done, deliveries, System.nanoTime() - fromNanos};
        });
        Waiting.whether(Duration.ofSeconds(15), () -> loop.ask(() -> done == sent));
        check();
        double seconds = end[2] / 1e9;
        return loop.ask(() -> new Outcome(
                (end[0] - start[0]) / seconds,
                (end[1] - start[1]) / seconds,
                each,
                last,
                before.brokerCores(after),
                before.ownCores(after),
                before.otherCores(after),
                sent - done));
    }

    private void fill() {
        while (!stopped && sent - done < window) {
            long number = ++sent;
            ByteBuffer.wrap(payload).putLong(System.nanoTime()).putLong(number);
            random.fill(payload, 16);
            // One for each other member and one for the acknowledgement.
            remaining[(int) (number & (RING - 1))] = members;
            clients.get(0).publish(group.topic(), payload);
        }
    }

    private void oneLess(long number) {
        if (--remaining[(int) (number & (RING - 1))] == 0) {
            done++;
            fill();
        }
    }

    private void check() {
        loop.check();
        String seen = loop.ask(() -> failure);
        if (!seen.isEmpty()) {
            throw new IllegalStateException(target.name() + ": " + seen);
        }
    }

    private final class Sender implements ClientListener {
        private long acknowledged;

        @Override
        public void connected(LoadClient client, Packet connack) {
            ready++;
        }

        @Override
        public void acknowledged(LoadClient client, Packet puback) {
            if (puback.reason() >= 0x80) {
                failure = "PUBACK 0x" + Integer.toHexString(puback.reason()) + " " + puback.reasonString();
            }
            oneLess(++acknowledged);
        }

        @Override
        public void closed(LoadClient client, String cause) {
            failure = "the sender: " + cause;
        }
    }

    private final class Member implements ClientListener {
        private final int number;

        Member(int number) {
            this.number = number;
        }

        @Override
        public void connected(LoadClient client, Packet connack) {
            String filter = group.filter();
            client.subscribe(filter == null ? target.filter(number) : filter, 1);
        }

        @Override
        public void subscribed(LoadClient client, Packet suback) {
            ready++;
        }

        @Override
        public boolean arrived(LoadClient client, Packet publish) {
            if (publish.payloadLength() != payload.length) {
                return true;
            }
            long now = System.nanoTime();
            long dueNanos = publish.payloadLong(0);
            long message = publish.payloadLong(8);
            deliveries++;
            if (dueNanos - fromNanos >= 0) {
                each.record(now - dueNanos);
                if (remaining[(int) (message & (RING - 1))] <= 1) {
                    last.record(now - dueNanos);
                }
            }
            oneLess(message);
            return true;
        }

        @Override
        public void closed(LoadClient client, String cause) {
            failure = "member " + number + ": " + cause;
        }
    }

    @Override
    public void close() {
        loop.ask(() -> {
            stopped = true;
            clients.forEach(LoadClient::close);
            return true;
        });
    }
}
