package dev.waggle.bench.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waggle.bench.load.ClientListener;
import dev.waggle.bench.load.LoadClient;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.FreePort;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts the bytes of PROTOCOL §7: one message from end to end, and a return with nothing new. */
@Command(
        name = "bytes",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Bytes on the wire of one 16-byte message between users with 5-character ids, and of a resume.")
public final class BytesOnWire implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final byte[] TEXT = "sixteen letters.".getBytes(UTF_8);

    @Mixin
    private final Common common = new Common();

    @Option(names = "--message-limit", description = "more is a failure")
    private long messageLimit = 125;

    @Option(names = "--resume-limit", description = "without the token; more is a failure")
    private long resumeLimit = 120;

    /** One end of the exchange, with what it has seen. */
    private static final class End implements ClientListener {
        volatile int connacks;
        volatile int subacks;
        volatile int pubacks;
        volatile int deliveries;
        volatile boolean sessionPresent;
        volatile String trouble = "";

        @Override
        public void connected(LoadClient client, Packet connack) {
            sessionPresent = connack.sessionPresent();
            trouble = connack.reason() == 0 ? trouble : "CONNACK " + connack.reason() + " " + connack.reasonString();
            connacks = connacks + 1;
        }

        @Override
        public void subscribed(LoadClient client, Packet suback) {
            subacks = subacks + 1;
        }

        @Override
        public void acknowledged(LoadClient client, Packet puback) {
            trouble = puback.reason() == 0 ? trouble : "PUBACK " + puback.reason() + " " + puback.reasonString();
            pubacks = pubacks + 1;
        }

        @Override
        public boolean arrived(LoadClient client, Packet publish) {
            deliveries = deliveries + 1;
            return true;
        }

        @Override
        public void closed(LoadClient client, String cause) {
            trouble = cause;
        }
    }

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        WaggleFolder folder = common.folder(work, "waggle", WaggleFolder.unlimited());
        WaggleFolder.Account alice = new WaggleFolder.Account("alice", "phone", folder.token("alice"));
        WaggleFolder.Account carol = new WaggleFolder.Account("carol", "phone", folder.token("carol"));
        WaggleFolder.Running running = folder.start(FreePort.take());
        InetSocketAddress address =
                new InetSocketAddress("127.0.0.1", running.ready().mqtt());
        try (Loop loop = new Loop("bytes")) {
            End receiving = new End();
            LoadClient receiver = open(loop, address, durable(carol), receiving);
            loop.execute(() -> receiver.subscribe("u/carol/#", 1));
            until(receiving, () -> receiving.subacks == 1);
            End sending = new End();
            LoadClient sender = open(loop, address, durable(alice), sending);
            Table table = new Table("what", "publish", "its PUBACK", "delivery", "its PUBACK", "sum");
            byte[] topic = "u/alice/out/d/carol".getBytes(UTF_8);
            // The first one introduces the topic alias.
            exchange(loop, sender, sending, receiver, receiving, topic, "12345678");
            long[] parts = exchange(loop, sender, sending, receiver, receiving, new byte[0], "abcdefgh");
            long sum = parts[0] + parts[1] + parts[2] + parts[3];
            table.row("message", n(parts[0]), n(parts[1]), n(parts[2]), n(parts[3]), n(sum));
            report.table(table);
            loop.execute(receiver::close);
            long resume = resume(loop, address, carol, report);
            boolean good = sum <= messageLimit && resume <= resumeLimit;
            report.line("message " + sum + " bytes (limit " + messageLimit + "), resume " + resume
                    + " bytes without the token (limit " + resumeLimit + ")");
            report.line(good ? "bytes: within the limits" : "bytes: FAILED, a limit was passed");
            report.save();
            loop.execute(sender::close);
            return good ? 0 : 1;
        } finally {
            running.process().stop(Duration.ofSeconds(15));
        }
    }

    private static Connect durable(WaggleFolder.Account account) {
        return Connect.of(account.user() + "." + account.device(), account.user(), account.token())
                .durable(false, 86_400);
    }

    private static LoadClient open(Loop loop, InetSocketAddress address, Connect connect, End end) {
        LoadClient client = new LoadClient(loop, address, connect, end);
        loop.execute(client::open);
        until(end, () -> end.connacks == 1);
        return client;
    }

    /** @return bytes of the publish, its PUBACK, the delivery and its PUBACK */
    private static long[] exchange(
            Loop loop, LoadClient sender, End sending, LoadClient receiver, End receiving, byte[] topic, String key) {
        long[] before = counters(loop, sender, receiver);
        int pubacks = sending.pubacks;
        int deliveries = receiving.deliveries;
        loop.execute(() -> sender.publish(topic, 1, 1, key.getBytes(UTF_8), TEXT));
        until(sending, () -> sending.pubacks == pubacks + 1);
        until(receiving, () -> receiving.deliveries == deliveries + 1);
        Waiting.pause(Duration.ofMillis(300));
        long[] after = counters(loop, sender, receiver);
        long[] parts = new long[4];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = after[i] - before[i];
        }
        return parts;
    }

    private static long[] counters(Loop loop, LoadClient sender, LoadClient receiver) {
        return loop.ask(
                () -> new long[] {sender.bytesOut(), sender.bytesIn(), receiver.bytesIn(), receiver.bytesOut()});
    }

    private long resume(Loop loop, InetSocketAddress address, WaggleFolder.Account account, Report report) {
        End end = new End();
        LoadClient client = open(loop, address, durable(account), end);
        Waiting.pause(Duration.ofMillis(500));
        if (!end.sessionPresent || end.deliveries > 0) {
            throw new IllegalStateException("a resume with nothing new: Session Present " + end.sessionPresent
                    + ", deliveries " + end.deliveries);
        }
        long token = account.token().length();
        long out = loop.ask(client::bytesOut) - token;
        long in = loop.ask(client::bytesIn);
        report.line("resume: CONNECT " + out + " + a token of " + token + ", CONNACK " + in + ", no SUBSCRIBE");
        loop.execute(client::close);
        return out + in;
    }

    private static void until(End end, BooleanSupplier seen) {
        Waiting.until("the next packet", LIMIT, () -> {
            if (!end.trouble.isEmpty()) {
                throw new IllegalStateException(end.trouble);
            }
            return seen.getAsBoolean();
        });
    }

    private static String n(long value) {
        return Long.toString(value);
    }
}
