package dev.waggle.push.fcm;

import dev.waggle.push.Outcome;
import java.util.Optional;

/** What people should do about an answer of FCM or of the token endpoint. */
final class FcmFaults {
    private FcmFaults() {}

    /** One sentence, or empty if nothing is wrong with the settings as far as the outcome of a check tells. */
    static Optional<String> sentence(Outcome outcome, ServiceAccount account) {
        if (outcome instanceof Outcome.Accepted
                || outcome instanceof Outcome.Gone
                || outcome instanceof Outcome.Unknown
                || outcome instanceof Outcome.Undeliverable && outcome.reason().equals("INVALID_ARGUMENT")) {
            return outcome.reason().equals("SENDER_ID_MISMATCH")
                            || outcome.reason().equals("NOT_FOUND")
                    ? Optional.of(told("project " + account.project() + " is not there, or has no FCM"))
                    : Optional.empty();
        }
        return Optional.of(told(
                switch (outcome.reason()) {
                    case TokenAnswer.CLOCK ->
                        "Google refuses a request that was signed now for its time: this" + " machine's clock is wrong";
                    case TokenAnswer.SIGNATURE ->
                        "Google does not know the key in the key file: it was deleted," + " make a new one";
                    case TokenAnswer.ACCOUNT -> "Google does not know the service account " + account.email();
                    case "PERMISSION_DENIED" ->
                        "the service account " + account.email()
                                + " may not send messages of project " + account.project()
                                + ": enable the Firebase Cloud Messaging API and give it the role of its admin";
                    case "UNAUTHENTICATED" -> "FCM refuses the access token that Google gave to " + account.email();
                    case "THIRD_PARTY_AUTH_ERROR", "APNS_AUTH_ERROR" ->
                        "project " + account.project()
                                + " has no valid key for APNs or Web Push in the Firebase console";
                    default -> other(outcome);
                }));
    }

    private static String other(Outcome outcome) {
        return outcome instanceof Outcome.Later later && later.unanswered()
                ? "no answer (" + outcome.reason() + "): look at the network and the firewall"
                : "the answer is " + outcome.reason();
    }

    private static String told(String cause) {
        return "fcm: " + cause;
    }
}
