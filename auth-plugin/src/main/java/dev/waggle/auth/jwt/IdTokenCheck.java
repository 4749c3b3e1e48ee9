package dev.waggle.auth.jwt;

import dev.waggle.spec.UserId;
import java.util.concurrent.CompletionStage;

/** What one look at an id token gave. */
public sealed interface IdTokenCheck {

    /** It is good, and was used with this. */
    record Good(UserId user) implements IdTokenCheck {}

    /** @param reason readable, without the token */
    record Bad(String reason) implements IdTokenCheck {}

    /** Nobody can tell now: the provider's keys are missing, or too many log in. */
    record Unavailable(String reason) implements IdTokenCheck {}

    /** Look again when the provider's keys are here. */
    record Later(CompletionStage<Void> keys) implements IdTokenCheck {}
}
