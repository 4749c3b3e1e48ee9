package dev.waggle.bench.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waggle.bench.crash.SystemCalls;
import dev.waggle.bench.load.ClientListener;
import dev.waggle.bench.load.LoadClient;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.target.BrokerProcess;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches the system calls of the real program: no byte of a PUBACK is written before the fdatasync that covers it. */
@Command(
        name = "fsync-order",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Traces the program with strace and checks that each PUBACK comes after the fdatasync of its message.")
public final class FsyncOrder implements Callable<Integer> {
    private static final String CALLS =
            "read,readv,recvfrom,recvmsg,write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync";

    @Mixin
    private final Common common = new Common();

    @Option(names = "--senders", description = "each with one message under way")
    private int senders = 8;

    @Option(names = "--messages", description = "of each sender")
    private int messages = 50;

    @Option(names = "--required", description = "fail instead of skipping where strace is missing or not allowed")
    private boolean required;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Path trace = work.resolve("trace");
        try (Waggle waggle = (Waggle) common.start("waggle", work, senders + 1)) {
            BrokerProcess tracer = attach(waggle, work, trace);
            if (tracer == null) {
                report.line("fsync-order: skipped, strace is missing or may not trace");
                return required ? 1 : 0;
            }
            try (Loop loop = new Loop("clients")) {
                send(loop, waggle);
            }
            tracer.stop(Duration.ofSeconds(10));
        }
        SystemCalls calls = read(trace);
        report.line(calls.acknowledged() + " acknowledged messages and " + calls.syncs() + " syncs in the trace");
        calls.violations().stream().limit(20).forEach(violation -> report.line("VIOLATION: " + violation));
        boolean good = calls.violations().isEmpty() && calls.acknowledged() == senders * messages;
        report.line(good ? "fsync-order: as it must be" : "fsync-order: FAILED, seed " + common.seed);
        report.save();
        return good ? 0 : 1;
    }

    private static @Nullable BrokerProcess attach(Waggle waggle, Path work, Path trace) {
        BrokerProcess tracer;
        try {
            tracer = BrokerProcess.start(
                    List.of(
                            "strace",
                            "-f",
                            "-y",
                            "-s",
                            "16384",
                            "-e",
                            "trace=" + CALLS,
                            "-e",
                            "signal=none",
                            "-o",
                            trace.toString(),
                            "-p",
                            Long.toString(waggle.process().pid())),
                    work,
                    Map.of(),
                    work.resolve("strace.log"));
        } catch (UncheckedIOException missing) {
            return null;
        }
        boolean attached = Waiting.whether(Duration.ofSeconds(15), () -> !tracer.isAlive() || traced(waggle));
        return attached && tracer.isAlive() ? tracer : null;
    }

    /** Whether every thread of the program has a tracer. */
    private static boolean traced(Waggle waggle) {
        Path tasks = Path.of("/proc", Long.toString(waggle.process().pid()), "task");
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.allMatch(FsyncOrder::threadTraced);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean threadTraced(Path thread) {
        try {
            return !Files.readString(thread.resolve("status")).contains("TracerPid:\t0\n");
        } catch (IOException ended) {
            return true;
        }
    }

    private void send(Loop loop, Waggle waggle) {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < senders; i++) {
            Sender sender = new Sender(waggle, i, done, failed);
            loop.execute(() -> new LoadClient(loop, waggle.address(), waggle.connect(sender.number), sender).open());
        }
        Waiting.until("all messages are acknowledged", Duration.ofSeconds(120), () -> {
            if (failed.get() > 0) {
                throw new IllegalStateException("a sender was refused or cut off");
            }
            return done.get() == senders;
        });
    }

    private final class Sender implements ClientListener {
        private final Waggle waggle;
        private final int number;
        private final AtomicInteger done;
        private final AtomicInteger failed;
        private int sent;

        Sender(Waggle waggle, int number, AtomicInteger done, AtomicInteger failed) {
            this.waggle = waggle;
            this.number = number;
            this.done = done;
            this.failed = failed;
        }

        @Override
        public void connected(LoadClient client, Packet connack) {
            next(client, connack.reason());
        }

        @Override
        public void acknowledged(LoadClient client, Packet puback) {
            next(client, puback.reason());
        }

        @Override
        public void closed(LoadClient client, String cause) {
            failed.incrementAndGet();
        }

        private void next(LoadClient client, int reason) {
            if (reason != 0) {
                failed.incrementAndGet();
            } else if (sent == messages) {
                client.close();
                done.incrementAndGet();
            } else {
                String body = String.format("MARK-%06d", number * messages + sent++);
                client.publish(waggle.directTopic(number, senders), body.getBytes(UTF_8));
            }
        }
    }

    private static SystemCalls read(Path trace) {
        SystemCalls calls = new SystemCalls();
        try (Stream<String> lines = Files.lines(trace, ISO_8859_1)) {
            lines.forEach(calls::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return calls;
    }
}
