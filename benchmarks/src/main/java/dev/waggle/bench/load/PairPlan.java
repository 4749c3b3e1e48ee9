package dev.waggle.bench.load;

import java.time.Duration;
import java.util.Locale;

/**
 * How pairs talk.
 *
 * @param pairs senders, each with one receiver
 * @param window closed loop: messages of a pair between publish and the later of PUBACK and delivery; 0: open loop
 * @param perSecond open loop: messages due each second, over all pairs; 0 in a closed loop
 * @param payloadBytes at least 16, for time and number; the rest is random
 * @param mqtt 4 or 5
 * @param keys whether each message carries an idempotency key of 8 bytes
 * @param durable whether receivers ask for a session of an hour
 * @param warmUp before what counts
 * @param measured what counts
 */
public record PairPlan(
        int pairs,
        int window,
        double perSecond,
        int payloadBytes,
        int mqtt,
        boolean keys,
        boolean durable,
        Duration warmUp,
        Duration measured) {

    /** An open-loop sender holds back what the broker has not answered beyond this many. */
    static final int OPEN_LOOP_WINDOW = 500;

    public PairPlan {
        if (window == 0 == (perSecond == 0)) {
            throw new IllegalArgumentException("either window or perSecond must be above 0");
        }
        if (warmUp.plus(measured).compareTo(Duration.ofMinutes(60)) > 0 || pairs > 20_000) {
            throw new IllegalArgumentException("a run is bounded: at most 60 minutes and 20,000 pairs");
        }
    }

    public String load() {
        return window > 0 ? "saturated" : String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }
}
