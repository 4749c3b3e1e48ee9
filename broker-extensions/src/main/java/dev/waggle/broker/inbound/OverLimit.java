package dev.waggle.broker.inbound;

import java.math.BigDecimal;

/**
 * Something is done too often.
 *
 * @param limit the key of its setting, without {@code .rate}
 * @param allowed what the setting says
 * @param millis when it may be tried again, from now
 */
public record OverLimit(String limit, RateLimit allowed, long millis) {

    /** Readable: which limit, what it is, when to come back. */
    public String message() {
        return "over " + limit + ": "
                + BigDecimal.valueOf(allowed.perSecond()).stripTrailingZeros().toPlainString() + " a second, "
                + allowed.burst() + " at once; try again in " + millis + " ms";
    }
}
