package dev.waggle.bench.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waggle.bench.crash.Ledger.Row;
import dev.waggle.bench.load.LoadClient;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.target.Json;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Sends with a window, each message under a key of its own, to its conversations in turn; sends again what was not
 * acknowledged, with the same key, until it is. MQTT 5 puts the key into Correlation Data and reads the seq from the
 * PUBACK; 3.1.1 puts it into the topic and reads the seq from {@code sent}.
 */
final class Publisher extends Returning {
    private static final int WINDOW = 16;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final Connect connect;
    private final List<String> conversations;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final Map<Integer, Row> underWay = new HashMap<>();
    private final Deque<Row> again = new ArrayDeque<>();
    private final Map<Integer, Integer> refusals = new HashMap<>();
    private final int perTick;
    private int allowance;
    private int number;
    private boolean last;
    private boolean ready;

    Publisher(
            Loop loop,
            InetSocketAddress address,
            Connect connect,
            List<String> conversations,
            Ledger ledger,
            SplittableRandom random,
            int perSecond) {
        super(loop, address);
        this.connect = connect;
        this.conversations = conversations;
        this.ledger = ledger;
        this.random = random;
        this.perTick = Math.max(1, perSecond * (int) TICK.toMillis() / 1000);
    }

    @Override
    void start() {
        if (connects() == 0 && allowance == 0) {
            tick();
        }
        super.start();
    }

    private void tick() {
        allowance = Math.min(WINDOW, allowance + perTick);
        sendMore();
        if (!stopped()) {
            loop().after(TICK, this::tick);
        }
    }

    @Override
    Connect connect() {
        return connect;
    }

    @Override
    void welcome(LoadClient connected, Packet connack) {
        connected.subscribe("u/" + connect.userName() + "/sent/#", 1);
    }

    @Override
    public void subscribed(LoadClient client, Packet suback) {
        ready = true;
        sendMore();
    }

    /** No new messages from now on. */
    void finish() {
        last = true;
    }

    boolean finished() {
        return last && underWay.isEmpty() && again.isEmpty();
    }

    /** Negative acknowledgements by reason code. */
    Map<Integer, Integer> refusals() {
        return refusals;
    }

    @Override
    void gone(String cause) {
        ready = false;
        List<Row> unanswered = new ArrayList<>(underWay.values());
        unanswered.sort((a, b) -> a.key.compareTo(b.key));
        unanswered.forEach(again::addLast);
        underWay.clear();
    }

    @Override
    public void acknowledged(LoadClient client, Packet puback) {
        Row row = underWay.remove(puback.packetId());
        if (row == null) {
            ledger.violation("PUBACK for a packet id that is not under way: " + puback.packetId());
            return;
        }
        int reason = puback.reason();
        if (reason == 0) {
            ledger.acknowledged(row);
            String seq = puback.userProperty("seq");
            if (seq != null) {
                ledger.numbered(row.key, Long.parseLong(seq));
            } else if (connect.five()) {
                ledger.violation("PUBACK without seq for " + row.key);
            }
        } else if (reason == 0x80 || reason == 0x97) {
            refusals.merge(reason, 1, Integer::sum);
            loop().after(AGAIN, () -> {
                again.addLast(row);
                sendMore();
            });
            return;
        } else {
            ledger.violation(
                    "PUBACK 0x" + Integer.toHexString(reason) + " for " + row.key + ": " + puback.reasonString());
        }
        sendMore();
    }

    @Override
    public boolean arrived(LoadClient client, Packet publish) {
        String[] levels = publish.topic().split("/");
        String text = publish.payloadText();
        if (!levels[2].equals("sent") || !text.contains("\"seq\"")) {
            ledger.violation("unexpected for a publisher: " + publish.topic() + " " + text);
        } else if (!connect.five()) {
            ledger.numbered(levels[levels.length - 1], Json.number(text, "seq"));
        }
        return true;
    }

    private void sendMore() {
        LoadClient client = open();
        while (client != null && ready && underWay.size() < WINDOW && (!again.isEmpty() || !last && allowance > 0)) {
            Row row = again.isEmpty() ? next() : again.removeFirst();
            String topic = "u/" + connect.userName() + "/out/" + row.conversation;
            byte[] key = row.key.getBytes(UTF_8);
            byte[] body = row.body.getBytes(UTF_8);
            int id = connect.five()
                    ? client.publish(topic.getBytes(UTF_8), 1, 0, key, body)
                    : client.publish((topic + "/" + row.key).getBytes(UTF_8), body);
            underWay.put(id, row);
            ledger.attempted();
        }
    }

    private Row next() {
        number++;
        allowance--;
        String key = String.format("%s-%07d", connect.userName(), number);
        String conversation = conversations.get(number % conversations.size());
        return ledger.enter(connect.userName(), conversation, key, key + " " + Long.toHexString(random.nextLong()));
    }
}
