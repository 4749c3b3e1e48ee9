package dev.waggle.auth.jwt;

/** Told how each verification ends, for metrics. Any thread; must not block or throw. */
@FunctionalInterface
public interface VerificationOutcomes {

    /** Nobody listens. */
    VerificationOutcomes UNHEARD = outcome -> {};

    /** How a verification ended. */
    enum Outcome {
        GRANTED,
        /** The token is bad. */
        REFUSED,
        /** The keys of its issuer cannot be had. */
        KEYS_UNAVAILABLE,
        /** Too many tokens wait. */
        BUSY,
        /** A bug. */
        FAILED
    }

    void verified(Outcome outcome);
}
