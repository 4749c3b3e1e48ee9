package dev.waggle.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.bench.load.Notices;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Json;
import dev.waggle.bench.target.WaggleFolder;
import dev.waggle.bench.target.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Workers of a service that all send the same notices, and a kill among them. */
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "The same notices from several workers at once, over a kill -9: each user has it once.")
public final class Storm implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Mixin
    private final Common common = new Common();

    @Option(names = "--notices")
    private int notices = 100_000;

    @Option(names = "--workers")
    private int workers = 3;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        WaggleFolder folder = common.folder(work, "storm", WaggleFolder.unlimited());
        String token = folder.serviceToken("notices");
        AtomicReference<WaggleFolder.Running> running = new AtomicReference<>(folder.start(0));
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            long begin = System.nanoTime();
            List<CompletableFuture<long[]>> sending = new ArrayList<>();
            List<Notices> services = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Notices service =
                        new Notices(() -> new HttpCalls(running.get().ready().http(), token), notices, LIMIT);
                services.add(service);
                sending.add(CompletableFuture.supplyAsync(() -> service.send("storm"), threads));
            }
            Waiting.pause(Duration.ofSeconds(3)); // it is under way
            running.get().process().kill();
            running.set(folder.start(0));
            List<long[]> told = sending.stream().map(CompletableFuture::join).toList();
            double seconds = (System.nanoTime() - begin) / 1e9;
            long repeats = services.stream().mapToLong(Notices::repeats).sum();
            long[] lasts = lasts(new HttpCalls(running.get().ready().http(), token));
            boolean good = lasts.length == notices
                    && Arrays.stream(lasts).allMatch(last -> last == 1)
                    && told.stream().allMatch(seqs -> Arrays.stream(seqs).allMatch(seq -> seq == 1));
            report.line(String.format(
                    Locale.ROOT,
                    "%d notices, %d workers, one kill -9: %.1f s with the restart, %d sent again for want of an answer; "
                            + "%d conversations, %d of them with exactly one message",
                    notices,
                    workers,
                    seconds,
                    repeats,
                    lasts.length,
                    Arrays.stream(lasts).filter(last -> last == 1).count()));
            report.line(good ? "storm: each user has its notice once" : "storm: FAILED");
            report.save();
            return good ? 0 : 1;
        } finally {
            threads.shutdownNow();
            running.get().process().stop(Duration.ofSeconds(15));
        }
    }

    /** The last seq of each conversation of the service. */
    private static long[] lasts(HttpCalls service) {
        List<Long> lasts = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = Json.tree(service.call("inbox", "{\"limit\":1000" + after + "}"));
            page.path("conversations")
                    .forEach(line -> lasts.add(line.path("last").asLong()));
            if (!page.hasNonNull("next")) {
                return lasts.stream().mapToLong(Long::longValue).toArray();
            }
            after = ",\"after\":\"" + page.path("next").asText() + "\"";
        }
    }
}
