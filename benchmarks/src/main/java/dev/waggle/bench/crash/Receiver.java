package dev.waggle.bench.crash;

import dev.waggle.bench.load.LoadClient;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A durable device. Subscribes once in its life and checks all that comes: within a connection seqs of a conversation
 * only rise, what comes again carries DUP, nothing is skipped without a notice, Session Present is 1 from the second
 * connection on. Leaves a part of its messages unacknowledged for a while, so that there is something under way when
 * the broker dies.
 */
final class Receiver extends Returning {
    private final Connect connect;
    private final String name;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final Map<String, Long> highest = new TreeMap<>();
    private final Map<String, Long> highestNow = new HashMap<>();
    private boolean subscribed;
    private long messages;
    private long repeats;
    private long unexpectedGaps;

    Receiver(Loop loop, InetSocketAddress address, Connect connect, Ledger ledger, SplittableRandom random) {
        super(loop, address);
        this.connect = connect;
        this.name = connect.clientId() + (connect.five() ? " (5)" : " (3.1.1)");
        this.ledger = ledger;
        this.random = random;
    }

    @Override
    Connect connect() {
        return connect;
    }

    @Override
    void welcome(LoadClient connected, Packet connack) {
        highestNow.clear();
        if (subscribed && !connack.sessionPresent()) {
            ledger.violation(name + ": Session Present 0 after a restart");
        }
        if (!subscribed) {
            connected.subscribe("u/" + connect.userName() + "/#", 1);
        }
    }

    @Override
    public void subscribed(LoadClient client, Packet suback) {
        subscribed = suback.granted() == 1;
        if (!subscribed) {
            ledger.violation(name + ": SUBACK 0x" + Integer.toHexString(suback.granted()));
        }
    }

    boolean ready() {
        return subscribed;
    }

    @Override
    public boolean arrived(LoadClient client, Packet publish) {
        String[] levels = publish.topic().split("/");
        String kind = levels[2];
        if (kind.equals("gap")) {
            unexpectedGaps++;
            ledger.violation(name + ": a gap in " + levels[4] + ": " + publish.payloadText());
        } else if (kind.equals("in") || kind.equals("ev")) {
            entry(levels[3] + "/" + levels[4], publish.topicNumber(1), publish.dup());
        }
        if (random.nextInt(8) != 0) {
            return true;
        }
        int id = publish.packetId();
        loop().after(Duration.ofMillis(random.nextInt(200)), () -> {
            if (client == open()) {
                client.acknowledge(id);
            }
        });
        return false;
    }

    private void entry(String conversation, long seq, boolean dup) {
        long now = highestNow.getOrDefault(conversation, 0L);
        if (seq <= now) {
            ledger.violation(name + ": " + conversation + " seq " + seq + " after " + now + " in one connection");
        }
        highestNow.put(conversation, Math.max(now, seq));
        long before = highest.getOrDefault(conversation, 0L);
        if (seq <= before) {
            repeats++;
            if (!dup) {
                ledger.violation(name + ": " + conversation + " seq " + seq + " came again without DUP");
            }
            return;
        }
        if (seq != before + 1) {
            ledger.violation(name + ": " + conversation + " seq " + seq + " after " + before + ": a hole");
        }
        messages++;
        highest.put(conversation, seq);
    }

    /** The highest seq that this device has of each conversation, as seen from it. */
    Map<String, Long> highest() {
        return highest;
    }

    String summary() {
        return name + ": " + connects() + " connections, " + messages + " messages, " + repeats + " repeats with DUP"
                + (unexpectedGaps == 0 ? "" : ", " + unexpectedGaps + " gaps");
    }
}
