package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.wire.Packet;
import java.util.ArrayList;
import java.util.List;

/** One well-behaved sender that writes to many users in turn at a fixed rate. */
public final class Feeder implements ClientListener, AutoCloseable {
    private static final int WINDOW = 50;

    private final Loop loop;
    private final List<byte[]> topics = new ArrayList<>();
    private final byte[] payload;
    private final RandomBytes random;
    private final LoadClient client;
    private final double perSecond;
    private volatile boolean ready;
    private volatile String trouble = "";
    private Pacer[] pacer = {};
    private long offered;
    private long sent;
    private long answered;

    /** @param to the users it writes to */
    public Feeder(Loop loop, Target target, int from, List<Integer> to, int payloadBytes, double perSecond, long seed) {
        this.loop = loop;
        to.forEach(user -> topics.add(target.directTopic(from, user)));
        this.payload = new byte[payloadBytes];
        this.random = new RandomBytes(seed);
        this.perSecond = perSecond;
        this.client = new LoadClient(loop, target.address(), target.connect(from), this);
    }

    public void open() {
        loop.execute(client::open);
    }

    public boolean ready() {
        return ready;
    }

    /** Empty, or what went wrong. */
    public String trouble() {
        return trouble;
    }

    public void begin() {
        loop.execute(() -> pacer = new Pacer[] {new Pacer(loop, perSecond, this::due)});
    }

    private void due() {
        offered = pacer[0].due(System.nanoTime());
        send();
    }

    private void send() {
        while (sent < offered && sent - answered < Math.min(WINDOW, client.receiveMaximum()) && client.isConnected()) {
            random.fill(payload, 0);
            client.publish(topics.get((int) (sent++ % topics.size())), payload);
        }
    }

    @Override
    public void connected(LoadClient opened, Packet connack) {
        trouble = connack.reason() == 0 ? "" : "CONNACK 0x" + Integer.toHexString(connack.reason());
        ready = connack.reason() == 0;
    }

    @Override
    public void acknowledged(LoadClient opened, Packet puback) {
        answered++;
        if (puback.reason() >= 0x80) {
            trouble = "PUBACK 0x" + Integer.toHexString(puback.reason()) + " " + puback.reasonString();
        }
        send();
    }

    @Override
    public void closed(LoadClient ended, String cause) {
        trouble = cause;
    }

    @Override
    public void close() {
        loop.ask(() -> {
            for (Pacer running : pacer) {
                running.close();
            }
            client.close();
            return true;
        });
    }
}
