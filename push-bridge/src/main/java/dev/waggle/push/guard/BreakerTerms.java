package dev.waggle.push.guard;

import java.time.Duration;

/**
 * When a {@link ProviderBreaker} lets nothing through.
 *
 * @param mostInFlight tries without an answer yet at one time, at least 1; the rest is told to come later
 * @param unanswered so many in a row open it, at least 1
 * @param pause for which it stays open the first time; doubles while nothing is answered
 * @param longestPause it does not get longer than this
 */
public record BreakerTerms(int mostInFlight, int unanswered, Duration pause, Duration longestPause) {
    /**
     * 256 in flight: at 100 ms each that is 2,500 pushes a second to one provider, and at 4 KiB each 1 MiB of memory when
     * it hangs. Five unanswered in a row at 10 s each are noticed soon; a pause of 10 s then costs little if it was an
     * accident, and one of 5 min does not delay the return by more.
     */
    public static final BreakerTerms USUAL = new BreakerTerms(256, 5, Duration.ofSeconds(10), Duration.ofMinutes(5));

    public BreakerTerms {
        if (mostInFlight < 1 || unanswered < 1) {
            throw new IllegalArgumentException("mostInFlight and unanswered must be at least 1");
        }
    }
}
