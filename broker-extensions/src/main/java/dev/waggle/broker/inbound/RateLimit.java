package dev.waggle.broker.inbound;

/**
 * How often something may be done.
 *
 * @param perSecond sustained rate, above 0, at most 10,000,000
 * @param burst how many at once after a rest, 1…10,000,000
 */
public record RateLimit(double perSecond, int burst) {
    private static final int MOST = 10_000_000;

    public RateLimit {
        if (!(perSecond > 0) || perSecond > MOST || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException(
                    "a rate limit has perSecond above 0 and burst of 1 or more, at most " + MOST);
        }
    }
}
