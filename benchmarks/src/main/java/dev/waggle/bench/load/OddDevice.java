package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.time.Duration;
import java.util.SplittableRandom;

/** A durable device that misbehaves in one way, or not at all. Confined to the loop's thread. */
public final class OddDevice implements ClientListener {

    /** How it behaves. */
    public enum Manner {
        GOOD,
        NEVER_ACKNOWLEDGES,
        STOPS_READING,
        /** Receive Maximum 1, and slow to acknowledge. */
        ONE_AT_A_TIME,
        /** Maximum Packet Size 128: most of what it is sent does not fit. */
        SMALL_PACKETS,
        /** Acknowledges packet ids that it was never sent, and its own in reverse. */
        WRONG_ACKNOWLEDGEMENTS
    }

    private final Loop loop;
    private final LoadClient client;
    private final String filter;
    private final Manner manner;
    private final SplittableRandom random;
    private final LongQueue held = new LongQueue();
    private int subscriptions;
    private long messages;
    private long gaps;
    private String end = "";

    public OddDevice(Loop loop, Target target, int user, Manner manner, long seed) {
        this.loop = loop;
        this.manner = manner;
        this.filter = target.filter(user);
        this.random = new SplittableRandom(seed);
        Connect connect = target.connect(user).durable(true, 3600);
        this.client = new LoadClient(
                loop,
                target.address(),
                connect.bounded(manner == Manner.ONE_AT_A_TIME ? 1 : 0, manner == Manner.SMALL_PACKETS ? 128 : 0),
                this);
    }

    public void open() {
        client.open();
    }

    public void close() {
        client.abort();
    }

    public boolean ready() {
        return subscriptions > 0;
    }

    public Manner manner() {
        return manner;
    }

    public long messages() {
        return messages;
    }

    public long gaps() {
        return gaps;
    }

    /** Why the broker or the network ended it; empty while it is connected. */
    public String end() {
        return end;
    }

    @Override
    public void connected(LoadClient opened, Packet connack) {
        if (connack.reason() == 0) {
            opened.subscribe(filter, 1);
        } else {
            end = "CONNACK 0x" + Integer.toHexString(connack.reason());
        }
    }

    @Override
    public void subscribed(LoadClient opened, Packet suback) {
        subscriptions++;
        if (manner == Manner.STOPS_READING) {
            opened.deaf(true);
        }
    }

    @Override
    public boolean arrived(LoadClient opened, Packet publish) {
        if (publish.topic().contains("/gap/")) {
            gaps++;
        } else {
            messages++;
        }
        switch (manner) {
            case NEVER_ACKNOWLEDGES:
                return false;
            case ONE_AT_A_TIME:
                later(publish.packetId());
                return false;
            case WRONG_ACKNOWLEDGEMENTS:
                opened.acknowledge(random.nextInt(1, 65_536));
                reversed(publish.packetId());
                return false;
            default:
                return true;
        }
    }

    private void later(int id) {
        loop.after(Duration.ofMillis(50), () -> {
            if (client.isConnected()) {
                client.acknowledge(id);
            }
        });
    }

    private void reversed(int id) {
        held.add(id);
        if (held.size() == 4) {
            long[] ids = {held.remove(), held.remove(), held.remove(), held.remove()};
            for (int i = ids.length - 1; i >= 0; i--) {
                client.acknowledge((int) ids[i]);
            }
        }
    }

    @Override
    public void closed(LoadClient ended, String cause) {
        end = cause;
    }
}
