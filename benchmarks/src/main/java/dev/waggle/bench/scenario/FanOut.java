package dev.waggle.bench.scenario;

import dev.waggle.bench.load.FanOutLoad;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Table;
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

/** One message to many: a group whose members are all online. */
@Command(
        name = "fan-out",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "One sender, a group of online members, QoS 1.")
public final class FanOut implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--target", split = ",")
    private List<String> targets = List.of("waggle", "bare", "mosquitto");

    @Option(names = "--members")
    private int members = 500;

    @Option(names = "--window", description = "messages that not all members have yet")
    private int window = 4;

    @Option(names = "--payload")
    private int payload = 100;

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--seconds")
    private int seconds = 8;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        List<Target> running = new ArrayList<>();
        boolean clean = true;
        try (Loop loop = new Loop("load")) {
            for (String target : targets) {
                running.add(common.start(target, work, members));
            }
            running.forEach(target -> report.line("- " + target.name() + ": " + String.join(", ", target.settings())));
            report.line("- load: " + members + " members, window " + window + ", " + payload + " random bytes, QoS 1");
            Table table = new Table(
                    "round",
                    "broker",
                    "messages/s",
                    "deliveries/s",
                    "each p50 ms",
                    "each p99 ms",
                    "last p50 ms",
                    "broker CPU cores",
                    "generator",
                    "others",
                    "unfinished");
            for (int round = 1; round <= rounds; round++) {
                for (Target target : running) {
                    Quiet.await(List.of(target));
                    try (FanOutLoad load = new FanOutLoad(loop, target, members, window, payload, random.nextLong())) {
                        load.connect();
                        FanOutLoad.Outcome outcome = load.run(Duration.ofSeconds(3), Duration.ofSeconds(seconds));
                        clean &= outcome.unfinished() == 0;
                        row(table, round, target, outcome);
                        report.progress("round " + round + " " + target.name() + ": "
                                + (long) outcome.deliveriesPerSecond() + " deliveries/s");
                    }
                }
            }
            report.table(table);
            report.save();
            return clean ? 0 : 1;
        } finally {
            running.forEach(Target::close);
        }
    }

    private static void row(Table table, int round, Target target, FanOutLoad.Outcome outcome) {
        table.row(
                Integer.toString(round),
                target.name(),
                text(0, outcome.messagesPerSecond()),
                text(0, outcome.deliveriesPerSecond()),
                text(2, outcome.each().p50Millis()),
                text(1, outcome.each().p99Millis()),
                text(2, outcome.last().p50Millis()),
                text(2, outcome.brokerCpu()),
                text(2, outcome.generatorCpu()),
                text(2, outcome.othersCpu()),
                Long.toString(outcome.unfinished()));
    }

    private static String text(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
