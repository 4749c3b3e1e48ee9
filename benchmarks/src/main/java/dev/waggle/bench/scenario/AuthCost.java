package dev.waggle.bench.scenario;

import dev.waggle.bench.load.ConnectStorm;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.LogIns;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waggle;
import dev.waggle.bench.wire.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs to know who somebody is: connects with ES256 tokens, and log-ins with argon2id, in one run. */
@Command(
        name = "auth",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Connects per second with tokens seen first and again, and without any; log-ins per second.")
public final class AuthCost implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--connects", description = "per round; at most the tokens that the broker remembers")
    private int connects = 1_000;

    @Option(names = "--at-a-time")
    private int atATime = 50;

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--seconds", description = "of log-ins")
    private int seconds = 10;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        LogIns.Outcome logIns;
        // One round more than is counted: the first warms up.
        try (Waggle waggle = Waggle.start(common.folder(work, "waggle", configuration()), (rounds + 1) * connects);
                Target host = common.start("bare", work, connects);
                Loop loop = new Loop("load")) {
            for (int round = 0; round <= rounds; round++) {
                List<Connect> fresh = clients(waggle, round * connects);
                double cold = ConnectStorm.perSecond(loop, waggle.address(), fresh, atATime);
                double warm = ConnectStorm.perSecond(loop, waggle.address(), fresh, atATime);
                double plain = ConnectStorm.perSecond(loop, host.address(), clients(host, 0), atATime);
                if (round > 0) {
                    first.add(cold);
                    again.add(warm);
                    bare.add(plain);
                }
            }
            logIns = LogIns.measure(waggle.ready().http(), Duration.ofSeconds(seconds));
        }
        report.table(new Table("what", "per second")
                .row("connects, ES256 token seen first", Spread.of(first).text(0))
                .row("connects, the same tokens again", Spread.of(again).text(0))
                .row("connects, bare host, no token", Spread.of(bare).text(0))
                .row(
                        "log-ins with password (argon2id)",
                        Spread.of(List.of(logIns.perSecond())).text(1))
                .row(
                        "renewals with a refresh token",
                        Spread.of(List.of(logIns.renewalsPerSecond())).text(0)));
        report.save();
        return 0;
    }

    private List<Connect> clients(Target target, int from) {
        return IntStream.range(from, from + connects).mapToObj(target::connect).toList();
    }

    private static List<String> configuration() {
        return List.of("registration: open", "limits:", "  connects:", "    rate: 1000000", "    burst: 1000000");
    }
}
