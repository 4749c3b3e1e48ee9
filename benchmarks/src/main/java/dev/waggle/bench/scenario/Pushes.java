package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.push.Credentials;
import dev.waggle.bench.push.PushSink;
import dev.waggle.bench.push.SilentServer;
import dev.waggle.bench.push.Sleepers;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sleeping devices: how soon they are woken, how often, at which cost; and what others notice while no provider answers. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Time from sending to a provider that answers; p99 of pairs beside providers that hang.")
public final class Pushes implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Mixin
    private final SteadyPairs steady = new SteadyPairs(1_000);

    @Option(names = "--devices")
    private int devices = 10_000;

    @Option(names = "--messages", description = "per second, to sleeping devices")
    private int messages = 200;

    @Option(names = "--writing", description = "seconds of writing to devices that are woken")
    private int writing = 60;

    @Option(names = "--ratio-limit", description = "p99 of PUBACK with hanging providers / without; more is a failure")
    private double ratioLimit = 1.5;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        woken(work, report);
        boolean good = hanging(work, report);
        report.line(good ? "push: as it must be" : "push: FAILED");
        report.save();
        return good ? 0 : 1;
    }

    private void woken(Path work, Report report) {
        try (PushSink sink = new PushSink()) {
            WaggleFolder folder = folder(work, "woken", sink.port(), List.of());
            try (Waggle broker = Waggle.start(folder, devices)) {
                long pid = broker.process().pid();
                Sleepers sleepers = new Sleepers(broker, 0, devices, new Random(common.seed));
                sleepers.register(Sleepers.atWebhook());
                long heap = Heap.liveBytes(pid);
                long sent = sleepers.write(sender(folder, broker), messages, Duration.ofSeconds(writing));
                Waiting.until("every message is pushed", Duration.ofSeconds(60), () -> sink.messages() >= sent);
                report.line(String.format(
                        Locale.ROOT,
                        "%d sleeping devices, %d messages, %d pushes (%.2f messages a push); from sending to provider: %s; "
                                + "for those that a push a moment before holds back: %s; "
                                + "live heap +%.1f MiB, RSS %.0f MiB",
                        devices,
                        sent,
                        sink.pushes(),
                        sink.messages() / (double) sink.pushes(),
                        sink.atOnce(),
                        sink.held(),
                        (Heap.liveBytes(pid) - heap) / 1048576.0,
                        ProcessUse.of(pid).rssKib() / 1024.0));
            }
        }
    }

    private boolean hanging(Path work, Report report) {
        Table table = new Table("round", "beside", "PUBACK p50 ms", "PUBACK p99 ms");
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        int users = 2 * steady.pairs + 1;
        int asleep = Math.min(devices, 3_000);
        Random random = new Random(common.seed);
        boolean clean = true;
        try (SilentServer silent = new SilentServer()) {
            Path files = work.resolve("hanging");
            WaggleFolder folder = folder(work, "hanging", silent.port(), silentProviders(files, silent.port()));
            try (Waggle broker = Waggle.start(folder, users + 2 * asleep);
                    Loop loop = new Loop("load")) {
                Sleepers sleepers = new Sleepers(broker, users, asleep, random);
                sleepers.register(Sleepers.everywhere());
                // The same is written to users of whom nobody is woken: what is compared is the waking alone.
                Sleepers unwoken = new Sleepers(broker, users + asleep, asleep, random);
                HttpCalls sender = sender(folder, broker);
                for (int round = 0; round <= steady.rounds; round++) {
                    for (boolean hang : new boolean[] {false, true}) {
                        Sleepers to = hang ? sleepers : unwoken;
                        CompletableFuture<Long> written = CompletableFuture.supplyAsync(
                                () -> to.write(sender, messages, Duration.ofSeconds(steady.seconds + 4L)));
                        try (PairLoad load = new PairLoad(loop, broker, steady.plan(), 0, random.nextLong())) {
                            load.connect();
                            PairOutcome outcome = load.run();
                            clean &= outcome.clean();
                            if (round > 0) { // the first one warms up
                                (hang ? with : without)
                                        .add(outcome.acknowledgement().p99Millis());
                                table.row(
                                        Integer.toString(round),
                                        hang ? "messages to sleepers, three hanging providers" : "messages to others",
                                        text(outcome.acknowledgement().p50Millis()),
                                        text(outcome.acknowledgement().p99Millis()));
                            }
                        }
                        written.join();
                    }
                }
                report.table(table);
                report.line("connections that the silent providers took: " + silent.connections());
            }
        }
        double ratio = Spread.of(with).median() / Spread.of(without).median();
        report.line(String.format(Locale.ROOT, "p99 ratio: %.2f (limit %.1f)", ratio, ratioLimit));
        return clean && ratio <= ratioLimit;
    }

    private WaggleFolder folder(Path work, String name, int webhookPort, List<String> more) {
        common.folder(work, name, List.of()); // makes the directory
        List<String> settings = new ArrayList<>(WaggleFolder.unlimited());
        settings.addAll(List.of(
                "push:",
                "  webhook:",
                "    url: http://127.0.0.1:" + webhookPort + "/",
                "    secretFile: " + Credentials.secret(work.resolve(name))));
        settings.addAll(more);
        return common.folder(work, name, settings);
    }

    private List<String> silentProviders(Path files, int port) {
        common.folder(files.getParent() == null ? files : files.getParent(), "hanging", List.of());
        return List.of(
                "  fcm:",
                "    keyFile: " + Credentials.fcm(files, port),
                "    endpoint: http://127.0.0.1:" + port,
                "  apns:",
                "    keyFile: " + Credentials.apns(files),
                "    keyId: ABCDEFGHIJ",
                "    teamId: ABCDEFGHIJ",
                "    topics: [dev.waggle.bench]",
                "    host: localhost",
                "    port: " + port);
    }

    private static HttpCalls sender(WaggleFolder folder, Waggle broker) {
        return new HttpCalls(broker.ready().http(), folder.serviceToken("writer"));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
