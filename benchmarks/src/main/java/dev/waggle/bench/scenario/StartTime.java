package dev.waggle.bench.scenario;

import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon the program takes connections, and what it holds then. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Time from the launcher's start to the ready line, memory and threads a moment later.")
public final class StartTime implements Callable<Integer> {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Mixin
    private final Common common = new Common();

    @Option(names = "--rounds")
    private int rounds = 5;

    @Option(names = "--ready-limit", description = "seconds; more is a failure")
    private double readyLimit = 3;

    @Option(names = "--rss-limit", description = "MiB; more is a failure")
    private long rssLimit = 350;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        List<Double> outside = new ArrayList<>();
        List<Double> inside = new ArrayList<>();
        List<Double> rss = new ArrayList<>();
        List<Double> threads = new ArrayList<>();
        // The first start builds, makes the key and the store.
        common.start("waggle", work, 1).close();
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            WaggleFolder.Running running =
                    common.folder(work, "waggle", List.of()).start(0);
            outside.add((System.nanoTime() - begin) / 1e9);
            inside.add(running.ready().seconds());
            Waiting.pause(SETTLE);
            ProcessUse use = ProcessUse.of(running.process().pid());
            rss.add(use.rssKib() / 1024.0);
            threads.add((double) use.threads());
            running.process().stop(Duration.ofSeconds(15));
        }
        report.table(new Table("launcher → ready s", "as printed s", "RSS after 2 s MiB", "threads")
                .row(
                        Spread.of(outside).text(2),
                        Spread.of(inside).text(2),
                        Spread.of(rss).text(0),
                        Spread.of(threads).text(0)));
        boolean good =
                Spread.of(outside).median() <= readyLimit && Spread.of(rss).median() <= rssLimit;
        report.line(good ? "start: within the limits" : "start: FAILED, a limit was passed");
        report.save();
        return good ? 0 : 1;
    }
}
