package dev.waggle.broker.metrics;

import dev.waggle.store.StoreMetrics;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** What the store tells, as metrics; the equations are those of {@link StoreMetrics}. */
public final class StoreCounters implements StoreMetrics {
    private static final double NANOS = 1e9;
    /** From a fast local disk to one that is about to fail. */
    private static final double[] COMMIT_SECONDS = {.000_25, .000_5, .001, .002_5, .005, .01, .025, .05, .1, .25, 1, 5};

    private static final double[] GROUP_SIZES = {1, 2, 5, 10, 25, 50, 100, 250, 1_000};

    private final Counter.Child accepted;
    private final Counter.Child rejected;
    private final Counter.Child failed;
    private final Histogram commitSeconds;
    private final Histogram groupCommands;
    private final Counter writtenBytes;
    private final Counter groupFailures;
    private final Counter reopens;
    private final Counter warmed;
    private final Counter gaps;
    private final Gauge queue;
    private final Gauge cacheBytes;
    private final Gauge cacheEntries;

    public StoreCounters(Exposition exposition) {
        var registry = exposition.registry();
        Counter commands = Counter.build("waggle_store_commands_total", "Commands told their outcome.")
                .labelNames("outcome")
                .register(registry);
        accepted = commands.labels("accepted");
        rejected = commands.labels("rejected");
        failed = commands.labels("failed");
        commitSeconds = Histogram.build("waggle_store_commit_seconds", "Time of one synced group write.")
                .buckets(COMMIT_SECONDS)
                .register(registry);
        groupCommands = Histogram.build("waggle_store_group_commands", "Commands that shared one synced write.")
                .buckets(GROUP_SIZES)
                .register(registry);
        writtenBytes = counter("waggle_store_written_bytes_total", "Bytes of keys and values committed.", exposition);
        groupFailures = counter("waggle_store_group_failures_total", "Group writes that failed.", exposition);
        reopens = counter("waggle_store_reopens_total", "Times the store was reopened after a failure.", exposition);
        warmed = counter("waggle_store_warmed_states_total", "States read because no cache had them.", exposition);
        gaps = counter("waggle_store_trim_gaps_total", "Gap notices put in place of trimmed entries.", exposition);
        queue = gauge("waggle_store_queue_commands", "Commands taken and not settled.", exposition);
        cacheBytes = gauge("waggle_store_cache_bytes", "Estimated size of states in memory.", exposition);
        cacheEntries = gauge("waggle_store_cache_states", "States in memory.", exposition);
    }

    private static Counter counter(String name, String help, Exposition exposition) {
        return Counter.build(name, help).register(exposition.registry());
    }

    private static Gauge gauge(String name, String help, Exposition exposition) {
        return Gauge.build(name, help).register(exposition.registry());
    }

    @Override
    public void settled(int ok, int refused, int unknown) {
        accepted.inc(ok);
        rejected.inc(refused);
        failed.inc(unknown);
    }

    @Override
    public void groupCommitted(int commands, long bytes, boolean synced, long nanos) {
        writtenBytes.inc(bytes);
        if (synced) {
            commitSeconds.observe(nanos / NANOS);
            groupCommands.observe(commands);
        }
    }

    @Override
    public void groupFailed(int commands) {
        groupFailures.inc();
    }

    @Override
    public void reopened() {
        reopens.inc();
    }

    @Override
    public void warmed(int states) {
        warmed.inc(states);
    }

    @Override
    public void trimmed(int notices) {
        gaps.inc(notices);
    }

    @Override
    public void gauges(int queueLength, long bytes, int entries) {
        queue.set(queueLength);
        cacheBytes.set(bytes);
        cacheEntries.set(entries);
    }
}
