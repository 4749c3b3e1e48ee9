package dev.waggle.auth.jwt;

import java.util.concurrent.CompletionStage;

/** What one look at a token gave. */
sealed interface TokenCheck {

    record Good(VerifiedToken token) implements TokenCheck {}

    /**
     * Refused for good.
     *
     * @param late true: nothing is wrong with it but its time, as far as that was looked at
     */
    record Bad(String reason, boolean late) implements TokenCheck {
        Bad(String reason) {
            this(reason, false);
        }
    }

    /** Nobody can tell now, for the issuer's keys are missing. */
    record Unavailable(String reason) implements TokenCheck {}

    /** Look again when the issuer's keys are here. */
    record Later(CompletionStage<Void> keys) implements TokenCheck {}
}
