package dev.waggle.bench.scenario;

import dev.waggle.bench.crash.Cast;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.target.BrokerProcess;
import dev.waggle.bench.target.FreePort;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** kill -9 at random moments, starts included: nothing acknowledged is lost, nothing is stored twice. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Kills the real program with SIGKILL under publishers and durable receivers, then checks the ledger.")
public final class Crash implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--kills")
    private int kills = 20;

    @Option(names = "--publishers", description = "every second one speaks MQTT 3.1.1")
    private int publishers = 8;

    @Option(names = "--receivers", description = "durable devices; every second one speaks MQTT 3.1.1")
    private int receivers = 4;

    @Option(names = "--rate", description = "messages per second of each publisher")
    private int rate = 150;

    @Option(names = "--longest", description = "milliseconds between ready and the next kill, at most")
    private int longest = 2_000;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        SplittableRandom random = new SplittableRandom(common.seed);
        WaggleFolder folder = common.folder(work, "waggle", WaggleFolder.unlimited());
        List<WaggleFolder.Account> accounts = folder.accounts(publishers + receivers);
        int port = FreePort.take();
        WaggleFolder.Running running = folder.start(port);
        try (Loop loop = new Loop("clients");
                Cast cast = new Cast(loop, port, accounts, publishers, rate, random.nextLong())) {
            cast.begin(running.ready().http());
            double slowestStart = 0;
            for (int kill = 1; kill <= kills; kill++) {
                Waiting.pause(Duration.ofMillis(random.nextInt(50, longest)));
                running.process().kill();
                long acknowledged = cast.acknowledged();
                String early = random.nextInt(4) == 0 ? killEarly(folder, port, random) : "";
                running = folder.start(port);
                slowestStart = Math.max(slowestStart, running.ready().seconds());
                report.progress(String.format(
                        Locale.ROOT,
                        "kill %d: %,d messages acknowledged before it%s; ready again in %.1f s",
                        kill,
                        acknowledged,
                        early,
                        running.ready().seconds()));
            }
            Waiting.pause(Duration.ofSeconds(1));
            cast.finish();
            Cast.Verdict verdict = cast.judge(running.ready().http());
            report.line("");
            report.line(kills + " kills, slowest start " + slowestStart + " s");
            verdict.lines().forEach(report::line);
            verdict.violations().forEach(violation -> report.line("VIOLATION: " + violation));
            report.line(verdict.violations().isEmpty() ? "crash: as it must be" : "crash: FAILED, seed " + common.seed);
            report.save();
            return verdict.violations().isEmpty() ? 0 : 1;
        } finally {
            running.process().stop(Duration.ofSeconds(15));
        }
    }

    /** A start that is killed at a random moment, often before it takes connections. */
    private static String killEarly(WaggleFolder folder, int port, SplittableRandom random) {
        int millis = random.nextInt(2_500);
        BrokerProcess process = folder.launch(port, List.of());
        Waiting.pause(Duration.ofMillis(millis));
        process.kill();
        return ", killed again " + millis + " ms into the start";
    }
}
