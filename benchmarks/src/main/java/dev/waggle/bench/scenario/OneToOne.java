package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.load.PairPlan;
import dev.waggle.bench.report.Report;
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

/** Pairs of users, QoS 1: how many messages a second, and how long each takes, against the peers in the same run. */
@Command(
        name = "one-to-one",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "100 pairs, QoS 1: saturated and at fixed rates, brokers interleaved.")
public final class OneToOne implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--target", split = ",", description = "waggle, bare, mosquitto")
    private List<String> targets = List.of("waggle", "bare", "mosquitto");

    @Option(names = "--load", split = ",", description = "'saturated' or messages per second, over all pairs")
    private List<String> loads = List.of("saturated", "2000", "10000");

    @Option(names = "--pairs")
    private int pairs = 100;

    @Option(names = "--window", description = "of a pair, when saturated")
    private int window = 20;

    @Option(names = "--payload", description = "bytes, random")
    private int payload = 100;

    @Option(names = "--mqtt", description = "4 (3.1.1) or 5")
    private int mqtt = 5;

    @Option(names = "--keys", negatable = true, description = "also measure Waggle with idempotency keys")
    private boolean keys = true;

    @Option(names = "--durable", negatable = true, description = "receivers ask for a session of an hour")
    private boolean durable = true;

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--warm-up", description = "seconds before each measurement; ten more before the first")
    private int warmUp = 3;

    @Option(names = "--seconds", description = "measured")
    private int seconds = 10;

    /** One line of the result: a broker, a load, with or without keys. */
    record Cell(String target, String load, boolean keys) {
        String name() {
            return target + (keys ? " + key" : "");
        }
    }

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        List<Target> running = new ArrayList<>();
        try (Loop loop = new Loop("load")) {
            for (String target : targets) {
                running.add(common.start(target, work, 2 * pairs));
            }
            report.line("");
            for (Target target : running) {
                report.line("- " + target.name() + ": " + String.join(", ", target.settings()));
            }
            report.line(String.format(
                    Locale.ROOT,
                    "- load: %d pairs, QoS 1, MQTT %s, %d random bytes, window %d per pair when saturated, receivers %s, "
                            + "%d rounds of %d s after %d s warm-up, one generator thread",
                    pairs,
                    mqtt == 5 ? "5" : "3.1.1",
                    payload,
                    window,
                    durable ? "durable" : "transient",
                    rounds,
                    seconds,
                    warmUp));
            OneToOneTable table = new OneToOneTable();
            Random random = new Random(common.seed);
            warmUp(loop, running, random);
            for (int round = 1; round <= rounds; round++) {
                for (String load : loads) {
                    for (Target target : running) {
                        for (boolean key :
                                keys && target.takesKeys() ? new boolean[] {false, true} : new boolean[] {false}) {
                            Cell cell = new Cell(target.name(), load, key);
                            PairOutcome outcome = measure(loop, target, plan(load, key, warmUp, seconds), random);
                            table.add(cell, outcome);
                            report.progress("round " + round + " " + OneToOneTable.line(cell, outcome));
                        }
                    }
                }
            }
            report.table(table.table());
            table.notes().forEach(report::line);
            report.save();
            return table.clean() ? 0 : 1;
        } finally {
            running.forEach(Target::close);
        }
    }

    private void warmUp(Loop loop, List<Target> running, Random random) {
        for (Target target : running) {
            measure(loop, target, plan("saturated", false, 0, 10), random);
        }
    }

    private PairOutcome measure(Loop loop, Target target, PairPlan plan, Random random) {
        Quiet.await(List.of(target));
        try (PairLoad load = new PairLoad(loop, target, plan, 0, random.nextLong())) {
            load.connect();
            return load.run();
        }
    }

    private PairPlan plan(String load, boolean key, int warmSeconds, int measuredSeconds) {
        boolean saturated = load.equals("saturated");
        return new PairPlan(
                pairs,
                saturated ? window : 0,
                saturated ? 0 : Double.parseDouble(load),
                payload,
                mqtt,
                key,
                durable,
                Duration.ofSeconds(warmSeconds),
                Duration.ofSeconds(measuredSeconds));
    }
}
