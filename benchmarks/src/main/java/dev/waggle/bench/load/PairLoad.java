package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs on one broker: connects them, lets them talk, measures, waits for what is under way, disconnects. */
public final class PairLoad implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);
    private static final int CONNECT_BATCH = 50;

    private final Loop loop;
    private final Target target;
    private final PairPlan plan;
    private final Tally tally = new Tally();
    private final List<Pair> pairs = new ArrayList<>();
    private long nextMessage;

    /** @param firstUser users {@code firstUser … firstUser + 2 pairs - 1} are taken, senders even, receivers odd */
    public PairLoad(Loop loop, Target target, PairPlan plan, int firstUser, long seed) {
        this.loop = loop;
        this.target = target;
        this.plan = plan;
        RandomBytes random = new RandomBytes(seed);
        for (int i = 0; i < plan.pairs(); i++) {
            int from = firstUser + 2 * i;
            Connect receiver = target.connect(from + 1).mqtt(plan.mqtt());
            Pair.Ends ends = new Pair.Ends(
                    target.connect(from).mqtt(plan.mqtt()),
                    plan.durable() ? receiver.durable(true, 3600) : receiver,
                    target.directTopic(from, from + 1),
                    target.filter(from + 1));
            pairs.add(new Pair(loop, target.address(), ends, plan, tally, random, seed + ((long) i << 40)));
        }
    }

    public void connect() {
        for (int from = 0; from < pairs.size(); from += CONNECT_BATCH) {
            List<Pair> batch = pairs.subList(from, Math.min(pairs.size(), from + CONNECT_BATCH));
            loop.execute(() -> batch.forEach(Pair::open));
            int expected = 2 * (from + batch.size());
            Waiting.until("connecting to " + target.name(), CONNECT_LIMIT, () -> {
                check();
                return tally.connected() == expected;
            });
        }
    }

    /** Runs the plan once. After {@link #connect()}. */
    public PairOutcome run() {
        Pacer pacer = begin();
        try {
            Waiting.pause(plan.warmUp());
            CpuClock before = CpuClock.now(target.process().pid());
            loop.execute(() -> tally.fromNanos = System.nanoTime());
            Waiting.pause(plan.measured());
            double seconds = loop.ask(() -> {
                tally.untilNanos = System.nanoTime();
                return (tally.untilNanos - tally.fromNanos) / 1e9;
            });
            CpuClock after = CpuClock.now(target.process().pid());
            check();
            if (pacer != null) {
                pacer.close();
            }
            loop.execute(() -> pairs.forEach(Pair::stop));
            boolean drained = Waiting.whether(DRAIN_LIMIT, () -> loop.ask(this::unfinished) == 0);
            check();
            return loop.ask(() -> outcome(seconds, before, after, drained));
        } finally {
            if (pacer != null) {
                pacer.close();
            }
        }
    }

    private @Nullable Pacer begin() {
        if (plan.window() > 0) {
            loop.execute(() -> pairs.forEach(Pair::fillWindow));
            return null;
        }
        List<Pacer> self = new ArrayList<>(1);
        return loop.ask(() -> {
            Pacer pacer = new Pacer(loop, plan.perSecond(), () -> handOut(self.get(0)));
            self.add(pacer);
            return pacer;
        });
    }

    private void handOut(Pacer pacer) {
        for (long due = pacer.due(System.nanoTime()); nextMessage < due; nextMessage++) {
            pairs.get((int) (nextMessage % pairs.size())).due(pacer.dueNanos(nextMessage));
        }
    }

    private long unfinished() {
        return pairs.stream().mapToLong(Pair::unfinished).sum();
    }

    private PairOutcome outcome(double seconds, CpuClock before, CpuClock after, boolean drained) {
        return new PairOutcome(
                tally.deliveredInWindow / seconds,
                tally.acknowledgement,
                tally.delivery,
                tally.lateness,
                before.brokerCores(after),
                before.ownCores(after),
                before.otherCores(after),
                drained ? 0 : unfinished(),
                tally.repeated,
                tally.outOfOrder,
                tally.refused,
                tally.firstRefusal);
    }

    private void check() {
        loop.check();
        String failure = loop.ask(() -> tally.failure == null ? "" : tally.failure);
        if (!failure.isEmpty()) {
            throw new IllegalStateException(target.name() + ": " + failure);
        }
    }

    @Override
    public void close() {
        loop.ask(() -> {
            pairs.forEach(Pair::close);
            return true;
        });
    }
}
