package dev.waggle.auth.jwt;

import java.util.concurrent.CompletionStage;

/** What one look at a token gave. */
sealed interface TokenCheck {

    record Good(VerifiedToken token) implements TokenCheck {}

    /** Refused for good. */
    record Bad(String reason) implements TokenCheck {}

    /** Nobody can tell now, for the issuer's keys are missing. */
    record Unavailable(String reason) implements TokenCheck {}

    /** Look again when the issuer's keys are here. */
    record Later(CompletionStage<Void> keys) implements TokenCheck {}
}
