package dev.waggle.push.webpush;

import dev.waggle.push.Outcome;
import dev.waggle.push.http.HttpReply;
import java.time.Duration;

/** What the answer of a push service means (RFC 8030 §5, §7.3; RFC 8292 §4.2). */
final class WebPushOutcome {
    /** After trouble of the service, or with it. */
    private static final Duration TROUBLE = Duration.ofSeconds(10);

    /** After too many pushes. */
    private static final Duration TOO_MANY = Duration.ofSeconds(60);

    private WebPushOutcome() {}

    static Outcome of(HttpReply reply) {
        return reply.fold(
                WebPushOutcome::of,
                silence -> new Outcome.Later(silence.reason(), TROUBLE, null, silence.late()),
                refused -> new Outcome.Unknown(refused.reason()));
    }

    private static Outcome of(HttpReply.Answer answer) {
        String reason = "status " + answer.status();
        return switch (answer.status()) {
            case 404, 410 -> new Outcome.Gone(reason, 0);
            case 401, 403 ->
                new Outcome.Misconfigured(reason + ": the push service refuses our VAPID key, contact or clock");
            case 429 -> new Outcome.Later(reason, TOO_MANY, answer.retryAfter(), false);
            case 408 -> new Outcome.Later(reason, TROUBLE, answer.retryAfter(), false);
            default -> {
                if (answer.status() >= 500) {
                    yield new Outcome.Later(reason, TROUBLE, answer.retryAfter(), false);
                }
                // What is left is our mistake (400, 413) or somebody's who is no push service (a redirect).
                yield answer.status() < 300 ? new Outcome.Accepted(reason) : new Outcome.Undeliverable(reason);
            }
        };
    }
}
