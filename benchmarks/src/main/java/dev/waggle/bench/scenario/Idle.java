package dev.waggle.bench.scenario;

import dev.waggle.bench.load.IdleDevices;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a connected device that does nothing costs. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Memory per connected, subscribed, durable, idle device.")
public final class Idle implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Option(names = "--target", split = ",")
    private List<String> targets = List.of("waggle", "bare", "mosquitto");

    @Option(names = "--devices")
    private int devices = 10_000;

    @Option(names = "--limit", description = "KiB of RSS per device of Waggle; more is a failure")
    private double limit = 12;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Table table = new Table(
                "broker",
                "devices",
                "RSS before MiB",
                "RSS after MiB",
                "RSS per device KiB",
                "live heap per device KiB",
                "connects/s",
                "broker CPU per connect ms");
        boolean good = true;
        for (String name : targets) {
            try (Target target = common.start(name, work, devices + 200);
                    Loop loop = new Loop("idle")) {
                good &= measure(target, loop, table);
            }
        }
        report.table(table);
        report.line(good ? "idle: within the limits" : "idle: FAILED, a limit was passed");
        report.save();
        return good ? 0 : 1;
    }

    private boolean measure(Target target, Loop loop, Table table) {
        boolean jvm = !target.name().equals("mosquitto");
        long pid = target.process().pid();
        // The first connections load classes and start threads: they belong to the broker, not to a device.
        try (IdleDevices warm = new IdleDevices(loop, target);
                IdleDevices measured = new IdleDevices(loop, target)) {
            warm.connect(devices, 200);
            settle();
            long heapBefore = jvm ? Heap.liveBytes(pid) : 0;
            settle();
            ProcessUse before = ProcessUse.of(pid);
            long begin = System.nanoTime();
            measured.connect(0, devices);
            double seconds = (System.nanoTime() - begin) / 1e9;
            ProcessUse connected = ProcessUse.of(pid);
            settle();
            long heapAfter = jvm ? Heap.liveBytes(pid) : 0;
            settle();
            ProcessUse after = ProcessUse.of(pid);
            double perDevice = (after.rssKib() - before.rssKib()) / (double) devices;
            table.row(
                    target.name(),
                    Integer.toString(devices),
                    format(0, before.rssKib() / 1024.0),
                    format(0, after.rssKib() / 1024.0),
                    format(1, perDevice),
                    jvm ? format(1, (heapAfter - heapBefore) / 1024.0 / devices) : "–",
                    format(0, devices / seconds),
                    format(2, (connected.cpuSeconds() - before.cpuSeconds()) * 1000 / devices));
            return measured.undisturbed() && (!target.name().equals("waggle") || perDevice <= limit);
        }
    }

    private static void settle() {
        Waiting.pause(Duration.ofSeconds(2));
    }

    private static String format(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
