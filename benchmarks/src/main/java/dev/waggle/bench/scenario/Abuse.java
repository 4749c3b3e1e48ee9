package dev.waggle.bench.scenario;

import dev.waggle.bench.load.Abuser;
import dev.waggle.bench.load.BadConnects;
import dev.waggle.bench.load.Flood;
import dev.waggle.bench.load.Guesses;
import dev.waggle.bench.load.Loop;
import dev.waggle.bench.load.PairLoad;
import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.report.Report;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.target.Waggle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Somebody takes more than is theirs: what the others notice of it, in the same run. */
@Command(
        name = "abuse",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "p99 of normal pairs beside forged CONNECTs, a sender over its rate, wrong passwords.")
public final class Abuse implements Callable<Integer> {
    private static final String ALONE = "alone";

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final SteadyPairs steady = new SteadyPairs(1_000);

    @Option(names = "--forged", description = "CONNECTs with a forged token per minute")
    private int forged = 10_000;

    @Option(names = "--ratio-limit", description = "p99 of PUBACK beside one abuser / alone; more is a failure")
    private double ratioLimit = 2;

    @Override
    public Integer call() {
        Path work = common.work();
        Report report = common.open(work);
        Random random = new Random(common.seed);
        Map<String, List<PairOutcome>> outcomes = new LinkedHashMap<>();
        Map<String, String> came = new LinkedHashMap<>();
        Set<String> many = new HashSet<>();
        try (Waggle broker = Waggle.start(common.folder(work, "waggle", configuration()), 2 * steady.pairs + 3);
                Loop loop = new Loop("load")) {
            List<Supplier<@Nullable Abuser>> kinds = List.of(
                    () -> null,
                    () -> new BadConnects(loop, broker, 2 * steady.pairs, forged / 60.0, address(1), true),
                    () -> new BadConnects(loop, broker, 2 * steady.pairs, forged / 60.0, address(2), false),
                    () -> new Flood(loop, broker, 2 * steady.pairs + 1, 2 * steady.pairs + 2),
                    () -> new Guesses(broker.ready().http()));
            measure(loop, broker, null, random); // warms up
            for (int round = 0; round < steady.rounds; round++) {
                for (Supplier<@Nullable Abuser> kind : kinds) {
                    try (Abuser abuser = kind.get()) {
                        String name = abuser == null ? ALONE : abuser.manner();
                        outcomes.computeIfAbsent(name, first -> new ArrayList<>())
                                .add(measure(loop, broker, abuser, random));
                        came.put(name, abuser == null ? "" : abuser.outcome());
                        if (abuser != null && !abuser.isOne()) {
                            many.add(name);
                        }
                    }
                }
            }
        }
        boolean good = tell(report, outcomes, came, many);
        report.line(good ? "abuse: as it must be" : "abuse: FAILED, seed " + common.seed);
        report.save();
        return good ? 0 : 1;
    }

    private PairOutcome measure(Loop loop, Waggle broker, @Nullable Abuser abuser, Random random) {
        try (PairLoad load = new PairLoad(loop, broker, steady.plan(), 0, random.nextLong())) {
            load.connect();
            return load.run();
        }
    }

    private boolean tell(
            Report report, Map<String, List<PairOutcome>> outcomes, Map<String, String> came, Set<String> many) {
        Table table = new Table(
                "beside", "PUBACK p50 ms", "PUBACK p99 ms", "delivery p99 ms", "ratio", "broker cores", "came of it");
        double alone = acknowledged(outcomes.getOrDefault(ALONE, List.of()), 99).median();
        boolean good = true;
        for (Map.Entry<String, List<PairOutcome>> entry : outcomes.entrySet()) {
            List<PairOutcome> all = entry.getValue();
            Spread p99 = acknowledged(all, 99);
            double ratio = p99.median() / alone;
            good &= (many.contains(entry.getKey()) || ratio <= ratioLimit)
                    && all.stream().allMatch(PairOutcome::clean);
            table.row(
                    entry.getKey(),
                    acknowledged(all, 50).text(1),
                    p99.text(1),
                    Spread.of(all.stream()
                                    .map(one -> one.delivery().p99Millis())
                                    .toList())
                            .text(1),
                    String.format(Locale.ROOT, "%.2f", ratio),
                    Spread.of(all.stream().map(PairOutcome::brokerCpu).toList()).text(2),
                    came.getOrDefault(entry.getKey(), ""));
        }
        report.table(table);
        return good;
    }

    private static Spread acknowledged(List<PairOutcome> all, int percentile) {
        return Spread.of(all.stream()
                .map(one -> percentile == 50
                        ? one.acknowledgement().p50Millis()
                        : one.acknowledgement().p99Millis())
                .toList());
    }

    /** Of the loopback network; the first is exempt from bans. */
    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The limits are on, and wide enough for the pairs only. */
    private List<String> configuration() {
        int each = 2 * Math.max(1, steady.rate / steady.pairs);
        return List.of(
                "limits:",
                "  sends:",
                "    rate: " + each,
                "    burst: " + 4 * each,
                "  conversations:",
                "    perDay: 1000",
                "  bans:",
                "    exempt: [127.0.0.1]");
    }
}
