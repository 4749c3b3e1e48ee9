package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Callers;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.Notices;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.load.PairPlan;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder;
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

/** {@code inbox} and {@code history} while messages are stored at half of what the committer can do. */
@Command(
        name = "reads",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "p99 of inbox (a page of a thousand conversations) and history at half load, and what PUBACKs notice.")
public final class ReadCost implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Mixin
    private final SteadyPairs steady = new SteadyPairs(0);

    @Option(names = "--users", description = "each has a conversation of some messages with one service")
    private int users = 100_000;

    @Option(names = "--messages", description = "in each of them")
    private int messages = 10;

    @Option(names = "--inboxes", description = "per second, of the service")
    private double inboxes = 5;

    @Option(names = "--histories", description = "per second, of random conversations")
    private double histories = 100;

    private final List<Double> alone = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();
    private final List<Double> inboxTimes = new ArrayList<>();
    private final List<Double> historyTimes = new ArrayList<>();

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        WaggleFolder folder = common.folder(work, "reads", WaggleFolder.unlimited());
        String token = folder.serviceToken("service");
        try (Waggle broker = Waggle.start(folder, 2 * steady.pairs);
                Loop loop = new Loop("load")) {
            HttpCalls service = new HttpCalls(broker.ready().http(), token);
            Notices notices = new Notices(() -> service, users, Duration.ofMinutes(10));
            for (int i = 0; i < messages; i++) {
                notices.send("round" + i);
            }
            Quiet.await(List.of(broker));
            double most = run(loop, broker, 20, 0, random).perSecond();
            double half = most / 2;
            report.line(String.format(
                    Locale.ROOT,
                    "%d conversations, %d messages; saturated %.0f messages/s, so half is %.0f",
                    users,
                    (long) users * messages,
                    most,
                    half));
            for (int round = 0; round < steady.rounds; round++) {
                Quiet.await(List.of(broker));
                alone.add(run(loop, broker, 0, half, random).acknowledgement().p99Millis());
                Quiet.await(List.of(broker));
                besideReaders(loop, broker, service, half, random);
            }
        }
        Table table = new Table("what", "p99 ms, median of the rounds");
        table.row("PUBACK, nobody reads", Spread.of(alone).text(1));
        table.row("PUBACK beside readers", Spread.of(beside).text(1));
        table.row("inbox, " + inboxes + "/s", Spread.of(inboxTimes).text(1));
        table.row("history, " + histories + "/s", Spread.of(historyTimes).text(1));
        report.table(table);
        report.save();
        return 0;
    }

    private void besideReaders(Loop loop, Waggle broker, HttpCalls service, double half, Random random) {
        try (Callers inbox = new Callers(inboxes, n -> service.call("inbox", "{\"limit\":1000" + after(n) + "}"));
                Callers history = new Callers(
                        histories,
                        n -> service.call("history", "{\"conv\":\"d/n" + Math.floorMod(n * 7_919, users) + "\"}"))) {
            beside.add(run(loop, broker, 0, half, random).acknowledgement().p99Millis());
            inboxTimes.add(inbox.end().p99Millis());
            historyTimes.add(history.end().p99Millis());
        }
    }

    /** From another place of the list each time. */
    private String after(int number) {
        return ",\"after\":\"d/n" + Math.floorMod(number * 7_919, users) + "\"";
    }

    private PairOutcome run(Loop loop, Waggle broker, int window, double perSecond, Random random) {
        PairPlan plan = new PairPlan(
                steady.pairs,
                window,
                perSecond,
                100,
                5,
                false,
                true,
                Duration.ofSeconds(3),
                Duration.ofSeconds(steady.seconds));
        try (PairLoad load = new PairLoad(loop, broker, plan, 0, random.nextLong())) {
            load.connect();
            return load.run();
        }
    }
}
