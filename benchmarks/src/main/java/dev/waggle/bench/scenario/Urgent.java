package dev.waggle.bench.scenario;

import dev.waggle.bench.load.LongAway;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.target.WaggleFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A message of high priority behind a long queue. */
@Command(
        name = "urgent",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "From a phone's reconnect to the urgent message, with thousands waiting elsewhere, 31 before it.")
public final class Urgent implements Callable<Integer> {
    private static final int SENDERS = 3;
    private static final int BEFORE = 31;
    private static final int BATCH = 1_000;
    private static final double LIMIT_MILLIS = 300;

    @Mixin
    private final Common common = new Common();

    @Option(names = "--waiting", description = "in other conversations; an inbox holds 10,000 in all")
    private int waiting = 9_960;

    @Option(names = "--rounds")
    private int rounds = 7;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        WaggleFolder folder = common.folder(work, "urgent", WaggleFolder.unlimited());
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            tokens.add(folder.serviceToken("news" + i));
        }
        String alarm = folder.serviceToken("alarm");
        List<Double> urgent = new ArrayList<>();
        List<Double> usual = new ArrayList<>();
        try (Waggle broker = Waggle.start(folder, 2 * rounds);
                Loop loop = new Loop("load")) {
            for (int number = 0; number < 2 * rounds; number++) {
                WaggleFolder.Account account = broker.accounts().get(number);
                boolean high = number % 2 == 0;
                LongAway phone = new LongAway(loop, broker.address(), account.user(), account.token());
                phone.settle();
                for (String token : tokens) {
                    send(broker, token, account.user(), waiting / SENDERS, "news", false);
                }
                send(broker, alarm, account.user(), BEFORE, "before", false);
                send(broker, alarm, account.user(), 1, "fire", high);
                Quiet.await(List.of(broker));
                (high ? urgent : usual).add(phone.comeBack("fire0") / 1e6);
            }
        }
        double median = Spread.of(urgent).median();
        report.line(String.format(
                Locale.ROOT,
                "%d waiting, %d before it; ms from opening the connection: high priority %s, without it %s (limit %.0f)",
                waiting,
                BEFORE,
                Spread.of(urgent).text(0),
                Spread.of(usual).text(0),
                LIMIT_MILLIS));
        report.line(median <= LIMIT_MILLIS ? "urgent: in time" : "urgent: FAILED");
        report.save();
        return median <= LIMIT_MILLIS ? 0 : 1;
    }

    private static void send(Waggle broker, String token, String user, int count, String text, boolean high) {
        HttpCalls service = new HttpCalls(broker.ready().http(), token);
        for (int from = 0; from < count; from += BATCH) {
            String batch = IntStream.range(from, Math.min(count, from + BATCH))
                    .mapToObj(i -> "{\"to\":\"d/" + user + "\",\"body\":\"" + text + i + "\""
                            + (high ? ",\"prio\":\"high\"" : "") + "}")
                    .collect(Collectors.joining(",", "[", "]"));
            String answers = service.messages(batch);
            if (answers.contains("error")) {
                throw new IllegalStateException(answers);
            }
        }
    }
}
