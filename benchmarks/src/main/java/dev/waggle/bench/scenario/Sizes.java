package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Notices;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Heap;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.WaggleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a conversation, a message and a member take on disk and in the heap. */
@Command(
        name = "sizes",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Fills a store with conversations, then messages, then members of groups, and weighs it each time.")
public final class Sizes implements Callable<Integer> {
    private static final int MEMBERS = 100;

    @Mixin
    private final Common common = new Common();

    @Option(names = "--users", description = "each has a conversation with one service")
    private int users = 100_000;

    @Option(names = "--messages", description = "in each of the conversations")
    private int messages = 10;

    @Option(names = "--groups", description = "of " + MEMBERS + " members")
    private int groups = 1_000;

    private record Weight(long disk, long heap) {}

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        WaggleFolder folder = common.folder(work, "sizes", WaggleFolder.unlimited());
        String token = folder.serviceToken("service");
        Table table = new Table("with", "on disk MiB", "live heap MiB", "on disk each, bytes", "heap each, bytes");
        Weight empty = weigh(folder, token, service -> {});
        row(table, "nothing", empty, empty, 0);
        Weight begun = weigh(folder, token, service -> notices(service, 0, 1));
        row(table, users + " conversations of one message", begun, empty, users);
        Weight full = weigh(folder, token, service -> notices(service, 1, messages));
        row(table, (long) users * (messages - 1) + " messages more", full, begun, (long) users * (messages - 1));
        Weight grouped = weigh(folder, token, this::groups);
        row(table, (long) groups * MEMBERS + " members in groups", grouped, full, (long) groups * MEMBERS);
        report.table(table);
        report.save();
        return 0;
    }

    private Weight weigh(WaggleFolder folder, String token, Consumer<HttpCalls> change) {
        WaggleFolder.Running running = folder.start(0);
        change.accept(new HttpCalls(running.ready().http(), token));
        long heap = Heap.liveBytes(running.process().pid());
        running.process().stop(Duration.ofSeconds(30));
        // What was in the log of writes only is in tables after the next start.
        folder.start(0).process().stop(Duration.ofSeconds(30));
        return new Weight(bytes(folder.data()), heap);
    }

    private void notices(HttpCalls service, int from, int to) {
        Notices notices = new Notices(() -> service, users, Duration.ofMinutes(10));
        for (int i = from; i < to; i++) {
            notices.send("round" + i);
        }
    }

    private void groups(HttpCalls service) {
        for (int group = 0; group < groups; group++) {
            int first = group * MEMBERS;
            String members = IntStream.range(1, MEMBERS)
                    .mapToObj(i -> "\"n" + (first + i) % users + "\"")
                    .collect(Collectors.joining(","));
            service.call("group.create", "{\"group\":\"g" + group + "\",\"members\":[" + members + "]}");
        }
    }

    private static void row(Table table, String what, Weight now, Weight before, long count) {
        table.row(
                what,
                text(now.disk() / 1048576.0),
                text(now.heap() / 1048576.0),
                count == 0 ? "" : text((now.disk() - before.disk()) / (double) count),
                count == 0 ? "" : text((now.heap() - before.heap()) / (double) count));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static long bytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> Files.isRegularFile(file) ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
