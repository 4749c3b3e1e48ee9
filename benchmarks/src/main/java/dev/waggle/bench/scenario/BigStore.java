package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Filler;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.load.PairPlan;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A store with a million messages in a small heap, against an empty one: start, throughput, live heap. */
@Command(
        name = "big-store",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Fills a store over MQTT, then compares a broker on it with one on an empty store.")
public final class BigStore implements Callable<Integer> {
    private static final int DIRECT = 9;
    private static final int IN_GROUP = 10;

    @Mixin
    private final Common common = new Common();

    @Option(names = "--users", description = "each writes " + DIRECT + " messages to the next")
    private int users = 100_000;

    @Option(names = "--groups", description = "of ten users, with " + IN_GROUP + " messages each")
    private int groups = 10_000;

    @Option(names = "--heap")
    private String heap = "-Xmx256m";

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--seconds")
    private int seconds = 8;

    private record Side(List<Double> perSecond, List<Double> p99, List<Double> liveMiB) {
        Side() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        WaggleFolder bigFolder = common.folder(work, "big", WaggleFolder.unlimited());
        long begin = System.nanoTime();
        List<WaggleFolder.Account> accounts = bigFolder.accounts(users);
        report.progress(users + " tokens in " + seconds(begin) + " s");
        try (Loop loop = new Loop("load")) {
            fill(loop, bigFolder, accounts, random.nextLong(), report);
            return compare(loop, bigFolder.with(List.of(heap)), accounts, work, random, report);
        }
    }

    private void fill(Loop loop, WaggleFolder folder, List<WaggleFolder.Account> accounts, long seed, Report report) {
        long begin = System.nanoTime();
        try (Waggle waggle = Waggle.start(folder, accounts)) {
            InetSocketAddress address = waggle.address();
            long stored = new Filler(loop, address, accounts, groups, 10, DIRECT, IN_GROUP, seed)
                    .fill(Duration.ofMinutes(20));
            report.line("filled: " + stored + " messages, " + users + " users, " + groups + " groups in "
                    + seconds(begin) + " s");
        }
    }

    private int compare(
            Loop loop,
            WaggleFolder bigFolder,
            List<WaggleFolder.Account> accounts,
            Path work,
            Random random,
            Report report) {
        int pairs = Math.min(100, accounts.size() / 2);
        long begin = System.nanoTime();
        try (Waggle big = Waggle.start(bigFolder, accounts)) {
            double wholeStart = (System.nanoTime() - begin) / 1e9;
            try (Waggle empty = Waggle.start(
                    common.folder(work, "empty", WaggleFolder.unlimited()).with(List.of(heap)), 2 * pairs)) {
                Side without = new Side();
                Side with = new Side();
                Map<Waggle, Side> sides = new LinkedHashMap<>();
                sides.put(empty, without);
                sides.put(big, with);
                for (Map.Entry<Waggle, Side> side : sides.entrySet()) {
                    side.getValue().liveMiB().add(live(side.getKey()));
                    run(loop, side.getKey(), pairs, random);
                }
                for (int round = 0; round < rounds; round++) {
                    for (Map.Entry<Waggle, Side> side : sides.entrySet()) {
                        Quiet.await(List.of(side.getKey()));
                        PairOutcome outcome = run(loop, side.getKey(), pairs, random);
                        side.getValue().perSecond().add(outcome.perSecond());
                        side.getValue().p99().add(outcome.delivery().p99Millis());
                        side.getValue().liveMiB().add(live(side.getKey()));
                    }
                }
                return judge(empty, without, big, with, wholeStart, report);
            }
        }
    }

    private int judge(Waggle empty, Side without, Waggle big, Side with, double wholeStart, Report report) {
        Table table = new Table(
                "store",
                "ready s",
                "msg/s",
                "delivery p99 ms",
                "live heap after start MiB",
                "after load MiB",
                "RSS MiB");
        row(table, "empty", empty, without);
        row(table, "filled", big, with);
        report.table(table);
        double ratio = Spread.of(with.perSecond()).median()
                / Spread.of(without.perSecond()).median();
        double growth = with.liveMiB().get(0) - without.liveMiB().get(0);
        boolean good = big.ready().seconds() <= 5 && wholeStart <= 6 && ratio >= 0.8 && growth <= 4;
        report.line(String.format(
                Locale.ROOT,
                "filled / empty throughput %.2f (at least 0.80); start %.2f s, with the launcher %.2f s (at most 5); "
                        + "live heap %.1f MiB more after start (at most 4); heap limit %s",
                ratio,
                big.ready().seconds(),
                wholeStart,
                growth,
                heap));
        report.line(good ? "big-store: within the limits" : "big-store: FAILED, a limit was passed");
        report.save();
        return good ? 0 : 1;
    }

    private static void row(Table table, String name, Waggle waggle, Side side) {
        table.row(
                name,
                String.format(Locale.ROOT, "%.2f", waggle.ready().seconds()),
                Spread.of(side.perSecond()).text(0),
                Spread.of(side.p99()).text(1),
                String.format(Locale.ROOT, "%.1f", side.liveMiB().get(0)),
                Spread.of(side.liveMiB().subList(1, side.liveMiB().size())).text(1),
                Long.toString(ProcessUse.of(waggle.process().pid()).rssKib() / 1024));
    }

    private PairOutcome run(Loop loop, Waggle waggle, int pairs, Random random) {
        PairPlan plan =
                new PairPlan(pairs, 20, 0, 100, 5, false, true, Duration.ofSeconds(3), Duration.ofSeconds(seconds));
        try (PairLoad load = new PairLoad(loop, waggle, plan, 0, random.nextLong())) {
            load.connect();
            return load.run();
        }
    }

    private static double live(Waggle waggle) {
        return Heap.liveBytes(waggle.process().pid()) / 1048576.0;
    }

    private static String seconds(long sinceNanos) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - sinceNanos) / 1e9);
    }
}
