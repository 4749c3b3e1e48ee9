package dev.waggle.broker.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.revocation.RevocationRegister.Outcome;
import dev.waggle.broker.http.HttpAnswer;
import dev.waggle.spec.message.Refusal;

/** How the end of a change is told. */
final class Changes {
    private Changes() {}

    static HttpAnswer answer(Outcome outcome, ObjectNode done) {
        return switch (outcome) {
            case DONE -> AdminJson.answer(done);
            case FULL ->
                HttpAnswer.refused(
                        Refusal.QUOTA, "there is no room for more revocations of this kind; nothing changed");
            case BUSY ->
                HttpAnswer.refused(Refusal.RATE_LIMITED, "too many changes wait; nothing changed, try again later");
            case FAILED ->
                HttpAnswer.refused(
                        Refusal.UNAVAILABLE,
                        "the store failed: a revocation holds now, but perhaps not after a restart; an enabling does not"
                                + " hold; try again");
        };
    }
}
