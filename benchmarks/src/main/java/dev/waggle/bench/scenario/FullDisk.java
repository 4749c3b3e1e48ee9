package dev.waggle.bench.scenario;

import dev.waggle.bench.crash.Cast;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.target.FreePort;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.SmallDisk;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The disk fills up under traffic, and has room again later: refused meanwhile, nothing lost, well again by itself. */
@Command(
        name = "full-disk",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Fills the disk (a small tmpfs, needs root) under traffic, frees it, then checks the ledger.")
public final class FullDisk implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--megabytes", description = "size of the disk")
    private int megabytes = 256;

    @Option(names = "--times", description = "how often it fills up")
    private int times = 2;

    @Option(names = "--full-seconds", description = "how long it stays full")
    private int fullSeconds = 5;

    @Option(names = "--required", description = "fail instead of skipping where mounting is not allowed")
    private boolean required;

    private final List<String> failures = new ArrayList<>();

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Optional<SmallDisk> disk = SmallDisk.mount(work.resolve("disk"), megabytes);
        if (disk.isEmpty()) {
            report.line("full-disk: skipped, mounting a tmpfs needs root");
            return required ? 1 : 0;
        }
        try (SmallDisk small = disk.get()) {
            run(
                    common.folder(work, "waggle", WaggleFolder.unlimited())
                            .at(small.directory().resolve("data")),
                    small,
                    report);
        }
        failures.forEach(failure -> report.line("VIOLATION: " + failure));
        report.line(failures.isEmpty() ? "full-disk: as it must be" : "full-disk: FAILED, seed " + common.seed);
        report.save();
        return failures.isEmpty() ? 0 : 1;
    }

    private void run(WaggleFolder folder, SmallDisk disk, Report report) {
        List<WaggleFolder.Account> accounts = folder.accounts(8);
        int port = FreePort.take();
        WaggleFolder.Running running = folder.start(port);
        int admin = running.ready().admin();
        try (Loop loop = new Loop("clients");
                Cast cast = new Cast(loop, port, accounts, 4, 150, common.seed)) {
            cast.begin(running.ready().http());
            for (int time = 1; time <= times; time++) {
                Waiting.pause(Duration.ofSeconds(1));
                expect("ready before the disk is full", HttpCalls.status(admin, "/readyz") == 200);
                Map<Integer, Integer> before = cast.refusals();
                disk.fill();
                expect(
                        "MQTT 5 senders are refused within 20 s",
                        Waiting.whether(
                                Duration.ofSeconds(20), () -> !cast.refusals().equals(before)));
                expect(
                        "/readyz turns 503 within 20 s",
                        Waiting.whether(Duration.ofSeconds(20), () -> HttpCalls.status(admin, "/readyz") == 503));
                long acknowledged = cast.acknowledged();
                Waiting.pause(Duration.ofSeconds(fullSeconds));
                report.line("full " + time + ": refusals by code " + cast.refusals() + ", acknowledged " + acknowledged
                        + ", and while full " + (cast.acknowledged() - acknowledged) + " more");
                disk.free();
                long freed = System.nanoTime();
                expect(
                        "/readyz turns 200 within 40 s",
                        Waiting.whether(Duration.ofSeconds(40), () -> HttpCalls.status(admin, "/readyz") == 200));
                report.line("full " + time + ": ready again " + (System.nanoTime() - freed) / 1_000_000
                        + " ms after space came");
                long again = cast.acknowledged();
                expect(
                        "messages are acknowledged again",
                        Waiting.whether(Duration.ofSeconds(20), () -> cast.acknowledged() > again));
            }
            cast.finish();
            Cast.Verdict verdict = cast.judge(running.ready().http());
            verdict.lines().forEach(report::line);
            failures.addAll(verdict.violations());
        } finally {
            running.process().stop(Duration.ofSeconds(15));
        }
    }

    private void expect(String what, boolean seen) {
        if (!seen) {
            failures.add("not seen: " + what);
        }
    }
}
