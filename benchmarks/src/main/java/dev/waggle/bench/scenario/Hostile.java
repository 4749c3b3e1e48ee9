package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Feeder;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.OddDevice;
import dev.waggle.bench.load.OddDevice.Manner;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Devices that misbehave, beside users who do not: what the others notice of it, and what it costs the broker. */
@Command(
        name = "hostile",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "p99 of normal pairs beside misbehaving devices, against the same number of good ones.")
public final class Hostile implements Callable<Integer> {
    private static final Manner[] MANNERS = Manner.values();

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final SteadyPairs steady = new SteadyPairs(2_000);

    @Option(names = "--target")
    private String target = "waggle";

    @Option(names = "--devices", description = "of each manner")
    private int devices = 10;

    @Option(names = "--fed", description = "messages of 300 bytes per second to all misbehaving devices together")
    private int fed = 500;

    @Option(names = "--ratio-limit", description = "p99 of delivery with / without; more is a failure")
    private double ratioLimit = 2;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        int odd = (MANNERS.length - 1) * devices;
        int firstOdd = 2 * steady.pairs + 1;
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        boolean clean = true;
        Table table = new Table(
                "round",
                "devices",
                "delivery p50 ms",
                "delivery p99 ms",
                "PUBACK p99 ms",
                "broker CPU cores",
                "live heap MiB",
                "RSS MiB");
        try (Target broker = common.start(target, work, firstOdd + 2 * odd);
                Loop loop = new Loop("load")) {
            try (PairLoad warm = new PairLoad(loop, broker, steady.plan(), 0, random.nextLong())) {
                warm.connect();
                warm.run();
            }
            for (int round = 1; round <= steady.rounds; round++) {
                for (boolean hostile : new boolean[] {false, true}) {
                    // Each side has users of its own: what waits for the hostile ones must not meet the good ones.
                    int first = firstOdd + (hostile ? odd : 0);
                    List<OddDevice> crowd = crowd(loop, broker, first, odd, hostile, random);
                    PairOutcome outcome = measure(loop, broker, first, odd, random);
                    clean &= outcome.clean();
                    (hostile ? with : without).add(outcome.delivery().p99Millis());
                    row(table, round, hostile, outcome, broker);
                    if (hostile && round == steady.rounds) {
                        describe(loop, crowd).forEach(report::line);
                    }
                    loop.ask(() -> {
                        crowd.forEach(OddDevice::close);
                        return true;
                    });
                }
            }
        }
        double ratio = Spread.of(with).median() / Spread.of(without).median();
        report.table(table);
        boolean good = clean && ratio <= ratioLimit;
        report.line(String.format(
                Locale.ROOT,
                "p99 ratio with / without: %.2f (limit %.1f), pairs %s",
                ratio,
                ratioLimit,
                clean ? "complete and in order" : "NOT complete or not in order"));
        report.line(good ? "hostile: as it must be" : "hostile: FAILED, seed " + common.seed);
        report.save();
        return good ? 0 : 1;
    }

    private List<OddDevice> crowd(Loop loop, Target broker, int first, int count, boolean hostile, Random random) {
        List<OddDevice> crowd = IntStream.range(0, count)
                .mapToObj(i -> new OddDevice(
                        loop,
                        broker,
                        first + i,
                        hostile ? MANNERS[1 + i % (MANNERS.length - 1)] : Manner.GOOD,
                        random.nextLong()))
                .toList();
        loop.execute(() -> crowd.forEach(OddDevice::open));
        Waiting.until(
                "the other devices subscribe",
                Duration.ofSeconds(30),
                () -> loop.ask(() -> crowd.stream().allMatch(OddDevice::ready)));
        return crowd;
    }

    private PairOutcome measure(Loop loop, Target broker, int first, int count, Random random) {
        List<Integer> users = IntStream.range(first, first + count).boxed().toList();
        try (Feeder feeder = new Feeder(loop, broker, 2 * steady.pairs, users, 300, fed, random.nextLong());
                PairLoad load = new PairLoad(loop, broker, steady.plan(), 0, random.nextLong())) {
            feeder.open();
            Waiting.until("the feeder connects", Duration.ofSeconds(10), feeder::ready);
            load.connect();
            feeder.begin();
            PairOutcome outcome = load.run();
            if (!feeder.trouble().isEmpty()) {
                throw new IllegalStateException("the feeder: " + feeder.trouble());
            }
            return outcome;
        }
    }

    private static void row(Table table, int round, boolean hostile, PairOutcome outcome, Target broker) {
        long pid = broker.process().pid();
        boolean jvm = !broker.name().equals("mosquitto");
        table.row(
                Integer.toString(round),
                hostile ? "hostile" : "good",
                text(2, outcome.delivery().p50Millis()),
                text(1, outcome.delivery().p99Millis()),
                text(1, outcome.acknowledgement().p99Millis()),
                text(2, outcome.brokerCpu()),
                jvm ? text(1, Heap.liveBytes(pid) / 1048576.0) : "–",
                text(0, ProcessUse.of(pid).rssKib() / 1024.0));
    }

    private static List<String> describe(Loop loop, List<OddDevice> crowd) {
        return loop.ask(() -> {
            List<String> lines = new ArrayList<>();
            for (Manner manner : MANNERS) {
                List<OddDevice> same = crowd.stream()
                        .filter(device -> device.manner() == manner)
                        .toList();
                if (!same.isEmpty()) {
                    lines.add("- " + manner + ": "
                            + same.stream().mapToLong(OddDevice::messages).sum() + " messages, "
                            + same.stream().mapToLong(OddDevice::gaps).sum() + " gaps, ended: "
                            + same.stream()
                                    .map(OddDevice::end)
                                    .filter(end -> !end.isEmpty())
                                    .distinct()
                                    .toList());
                }
            }
            return lines;
        });
    }

    private static String text(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
