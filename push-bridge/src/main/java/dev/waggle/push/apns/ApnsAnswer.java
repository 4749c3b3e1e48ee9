package dev.waggle.push.apns;

import dev.waggle.push.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of APNs means for us, by its status and reason (Apple, "Handling notification responses from APNs").
 * Never tried again is what Apple asks not to: it slows down and cuts off whoever does.
 */
final class ApnsAnswer {
    static final String EXPIRED_PROVIDER_TOKEN = "ExpiredProviderToken";
    static final String BAD_DEVICE_TOKEN = "BadDeviceToken";

    /** Connection errors pass soon, and each try opens a new connection. */
    static final Duration AFTER_CONNECTION_ERROR = Duration.ofSeconds(2);

    /** For one device there were too many pushes; no wish comes with it. */
    private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(1);

    /** A provider token may be renewed once in so long. */
    private static final Duration AFTER_TOKEN_UPDATES = Duration.ofMinutes(20);

    private static final Set<String> UNKNOWN = Set.of(BAD_DEVICE_TOKEN, "DeviceTokenNotForTopic");

    /** Topics are ours to set, and a key may be for some topics only. */
    private static final Set<String> MISCONFIGURED = Set.of("TopicDisallowed", "BadTopic");

    /** Reasons become names of metrics: few, and short. */
    private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,40}");

    private ApnsAnswer() {}

    /**
     * @param reason as told, or null: none, or not readable
     * @param deadSince of a token that is no more, or null
     * @param afterServerError the first delay after a 5xx
     */
    static Outcome outcome(
            int status, @Nullable String reason, @Nullable Instant deadSince, Duration afterServerError) {
        String word = reason != null && REASON.matcher(reason).matches() ? reason : "status " + status;
        return switch (status) {
            case 200 -> new Outcome.Accepted("accepted");
            case 400 -> refused(word);
            case 403 -> new Outcome.Misconfigured(word);
            case 410 -> new Outcome.Gone(word, deadSince == null ? 0 : deadSince.toEpochMilli());
            case 429 ->
                new Outcome.Later(
                        word,
                        word.equals("TooManyProviderTokenUpdates") ? AFTER_TOKEN_UPDATES : AFTER_TOO_MANY,
                        null,
                        false);
            default ->
                status >= 500
                        ? new Outcome.Later(word, afterServerError, null, false)
                        : new Outcome.Undeliverable(word);
        };
    }

    private static Outcome refused(String reason) {
        if (UNKNOWN.contains(reason)) {
            return new Outcome.Unknown(reason);
        }
        if (reason.equals("IdleTimeout")) {
            return new Outcome.Later(reason, AFTER_CONNECTION_ERROR, null, false);
        }
        return MISCONFIGURED.contains(reason) ? new Outcome.Misconfigured(reason) : new Outcome.Undeliverable(reason);
    }

    /** Nothing came back in time, or the connection failed. */
    static Outcome silence(String reason) {
        return new Outcome.Later(reason, AFTER_CONNECTION_ERROR, null, true);
    }
}
