package dev.waggle.broker.inbound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket without a timer: it remembers only when it will be full again (the generic cell rate algorithm). Any
 * thread.
 */
final class TokenBucket {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long interval;
    private final long capacity;
    private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

    TokenBucket(RateLimit limit) {
        this.interval = Math.max(1, Math.round(MICROS_PER_SECOND / limit.perSecond()));
        this.capacity = interval * limit.burst();
    }

    /**
     * Takes a token.
     *
     * @param nowMicros a clock that may step back
     * @return 0 if there was one, else microseconds until there is
     */
    long take(long nowMicros) {
        return take(nowMicros, 0);
    }

    /**
     * Takes a token for what has happened already: one that is not there yet, if there is none.
     *
     * @return 0 if there was one, else microseconds until it would have been there
     */
    long charge(long nowMicros) {
        return take(nowMicros, interval);
    }

    /** @param credit how far beyond the capacity, microseconds */
    private long take(long nowMicros, long credit) {
        while (true) {
            long before = fullAt.get();
            // Further ahead than the capacity only after the clock stepped back: the bucket starts anew.
            long base = before < nowMicros || before > nowMicros + capacity + interval ? nowMicros : before;
            long wait = base + interval - nowMicros - capacity;
            if (wait > credit) {
                return wait;
            }
            if (fullAt.compareAndSet(before, base + interval)) {
                return Math.max(0, wait);
            }
        }
    }

    /** True if it says nothing that a new bucket would not say. */
    boolean isFull(long nowMicros) {
        return fullAt.get() <= nowMicros;
    }
}
