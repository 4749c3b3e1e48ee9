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
        while (true) {
            long before = fullAt.get();
            // Further ahead than the capacity only after the clock stepped back: the bucket starts anew.
            long base = before < nowMicros || before > nowMicros + capacity + interval ? nowMicros : before;
            long wait = base + interval - nowMicros - capacity;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(before, base + interval)) {
                return 0;
            }
        }
    }

    /** True if it says nothing that a new bucket would not say. */
    boolean isFull(long nowMicros) {
        return fullAt.get() <= nowMicros;
    }
}
