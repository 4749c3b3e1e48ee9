package dev.waggle.push;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one try. The reasons are a provider's own words or ours, without addresses and contents. */
public sealed interface Outcome {
    /** The provider's word for it, short, for metrics and people. */
    String reason();

    /** The provider took it; whether a person sees it is not known. */
    record Accepted(String reason) implements Outcome {}

    /**
     * It may be tried again.
     *
     * @param base the first delay; each further one doubles
     * @param after the provider's wish: not before, or null
     * @param unanswered true: nothing came back in time
     */
    record Later(String reason, Duration base, @Nullable Duration after, boolean unanswered) implements Outcome {}

    /**
     * Nobody is at this address any more.
     *
     * @param since when that was noticed, Unix milliseconds, or 0: now. A registration younger than that counts.
     */
    record Gone(String reason, long since) implements Outcome {}

    /** The address is not one, or not one of ours: forget it, unless so many are that our settings must be wrong. */
    record Unknown(String reason) implements Outcome {}

    /** This push cannot be sent, whatever is tried. */
    record Undeliverable(String reason) implements Outcome {}

    /** Our own credentials or settings are refused: somebody must look. It may be tried again after that. */
    record Misconfigured(String reason) implements Outcome {}
}
