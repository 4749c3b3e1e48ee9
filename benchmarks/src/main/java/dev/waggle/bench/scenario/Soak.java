package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.load.PairPlan;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Long enough to see what only grows: heap, threads, descriptors. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Half load for minutes; live heap, threads and descriptors must stay flat.")
public final class Soak implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--target")
    private String target = "waggle";

    @Option(names = "--minutes")
    private int minutes = 10;

    @Option(names = "--rate", description = "messages per second; 0: half of what a saturated run shows first")
    private int rate;

    @Option(names = "--pairs")
    private int pairs = 100;

    @Option(names = "--sample", description = "seconds between samples; each is a stretch with connections of its own")
    private int sample = 30;

    @Option(names = "--growth-limit", description = "MiB of live heap from the second sample to the last")
    private double growthLimit = 16;

    private record Sample(double liveMiB, ProcessUse use) {}

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        List<Sample> samples = new ArrayList<>();
        boolean clean = true;
        Table table = new Table(
                "minute",
                "msg/s",
                "delivery p50 ms",
                "delivery p99 ms",
                "live heap MiB",
                "RSS MiB",
                "threads",
                "descriptors");
        try (Target broker = common.start(target, work, 2 * pairs);
                Loop loop = new Loop("load")) {
            long pid = broker.process().pid();
            int half = rate > 0
                    ? rate
                    : (int) (run(loop, broker, saturated(), random).perSecond() / 2);
            report.line("load: " + pairs + " pairs, " + half + " messages/s");
            int stretches = Math.max(3, minutes * 60 / sample);
            for (int i = 0; i < stretches; i++) {
                PairOutcome outcome = run(loop, broker, at(half), random);
                clean &= outcome.clean();
                Sample now = new Sample(Heap.liveBytes(pid) / 1048576.0, ProcessUse.of(pid));
                samples.add(now);
                table.row(
                        text(1, (i + 1) * sample / 60.0),
                        text(0, outcome.perSecond()),
                        text(2, outcome.delivery().p50Millis()),
                        text(1, outcome.delivery().p99Millis()),
                        text(1, now.liveMiB()),
                        text(0, now.use().rssKib() / 1024.0),
                        Integer.toString(now.use().threads()),
                        Integer.toString(now.use().descriptors()));
                report.progress("minute " + text(1, (i + 1) * sample / 60.0) + ": live heap " + text(1, now.liveMiB())
                        + " MiB, threads " + now.use().threads() + ", descriptors "
                        + now.use().descriptors()
                        + (outcome.clean() ? "" : ", NOT CLEAN"));
            }
        }
        report.table(table);
        boolean flat = flat(samples.get(1), samples.get(samples.size() - 1));
        report.line(
                flat && clean
                        ? "soak: flat, and every message delivered once in order"
                        : "soak: FAILED, " + (flat ? "" : "something grew ")
                                + (clean ? "" : "a message was lost, repeated or out of order"));
        report.save();
        return flat && clean ? 0 : 1;
    }

    private boolean flat(Sample early, Sample late) {
        return late.liveMiB() - early.liveMiB() <= growthLimit
                && late.use().threads() - early.use().threads() <= 4
                // The number of table files varies with compaction.
                && late.use().descriptors() - early.use().descriptors() <= 64;
    }

    private PairOutcome run(Loop loop, Target broker, PairPlan plan, Random random) {
        try (PairLoad load = new PairLoad(loop, broker, plan, 0, random.nextLong())) {
            load.connect();
            return load.run();
        }
    }

    private PairPlan saturated() {
        return new PairPlan(pairs, 20, 0, 100, 5, false, true, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    private PairPlan at(int perSecond) {
        return new PairPlan(
                pairs, 0, perSecond, 100, 5, false, true, Duration.ofSeconds(1), Duration.ofSeconds(sample));
    }

    private static String text(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
