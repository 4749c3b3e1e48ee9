package dev.waggle.push.rules;

import java.time.Duration;

/**
 * How many pushes a device may still get (F6): so many at once, then one after the other, and not too many in an hour.
 * Immutable; times are Unix milliseconds.
 *
 * @param paidUntil when all that was spent is refilled
 * @param hour when the hour that is counted began
 * @param inHour pushes in it
 */
record Budget(long paidUntil, long hour, int inHour) {
    static final Budget FULL = new Budget(0, 0, 0);

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** When the next push may go; at or before {@code now}: at once. */
    long nextAt(long now, PushLimits limits) {
        long refill = limits.refill().toMillis();
        long next = paidUntil - (limits.burst() - 1) * refill;
        boolean hourIsFull = now - hour < HOUR && inHour >= limits.perHour();
        return hourIsFull ? Math.max(next, hour + HOUR) : next;
    }

    /** One push less. */
    Budget spend(long now, PushLimits limits) {
        long paid = Math.max(paidUntil, now) + limits.refill().toMillis();
        return now - hour < HOUR ? new Budget(paid, hour, inHour + 1) : new Budget(paid, now, 1);
    }
}
