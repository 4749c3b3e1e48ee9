package dev.waggle.bench.load;

import dev.waggle.bench.report.Latency;
import org.jspecify.annotations.Nullable;

/** What all pairs of one run counted together. Confined to the loop's thread, but for {@link #connected()}. */
public final class Tally {
    /** From the moment a message was due to its PUBACK, and to its delivery. */
    final Latency acknowledgement = new Latency();

    final Latency delivery = new Latency();

    /** How late the generator itself sent, beyond what the broker's windows allow. */
    final Latency lateness = new Latency();

    long fromNanos = Long.MAX_VALUE;
    long untilNanos = Long.MAX_VALUE;
    long deliveredInWindow;
    long sent;
    long acknowledged;
    long delivered;
    long repeated;
    long outOfOrder;
    long refused;

    @Nullable
    String firstRefusal;

    @Nullable
    String failure;

    private volatile int ready;

    boolean counts(long dueNanos) {
        return dueNanos - fromNanos >= 0 && dueNanos - untilNanos < 0;
    }

    void oneMoreReady() {
        int now = ready + 1;
        ready = now;
    }

    /** Clients that are connected and, where they listen, subscribed. */
    public int connected() {
        return ready;
    }

    void fail(String what) {
        if (failure == null) {
            failure = what;
        }
    }

    void refuse(String what) {
        refused++;
        if (firstRefusal == null) {
            firstRefusal = what;
        }
    }
}
