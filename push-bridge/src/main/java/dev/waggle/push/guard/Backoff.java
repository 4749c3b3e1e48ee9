package dev.waggle.push.guard;

import dev.waggle.push.Outcome;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: the delay of try n lies in [base·2^n·0.5, base·2^n·1.5], so that pushes that failed together do not
 * come back together. Never earlier than the provider asked for. As safe for threads as its random numbers.
 */
public final class Backoff {
    /** Beyond it the own part of a delay does not grow: what waits longer is of no use to anybody. */
    public static final Duration LONGEST = Duration.ofHours(6);
    /** A server that asks for more is not believed; the push has expired by then. */
    public static final Duration LONGEST_WISH = Duration.ofDays(1);

    /** 2^n of more tries than this is beyond {@link #LONGEST} for every base of a millisecond and more. */
    private static final int DOUBLINGS = 30;

    private final RandomGenerator random;

    /** @param random of several threads: one that allows that, as {@link java.util.Random} */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * From the failure of a try to the next one.
     *
     * @param later what became of the try
     * @param n of tries that failed before this one, from 0
     */
    public Duration delay(Outcome.Later later, int n) {
        long middle = Math.min(doubled(later.base().toMillis(), n), LONGEST.toMillis());
        long own = Math.min(middle / 2 + (long) (random.nextDouble() * middle), LONGEST.toMillis());
        Duration after = later.after();
        long wish = after == null ? 0 : Math.min(after.toMillis(), LONGEST_WISH.toMillis());
        return Duration.ofMillis(Math.max(own, wish));
    }

    private static long doubled(long base, int n) {
        int doublings = Math.min(Math.max(n, 0), DOUBLINGS);
        return base > LONGEST.toMillis() >> doublings ? LONGEST.toMillis() : base << doublings;
    }
}
