package dev.waggle.push.webhook;

import dev.waggle.push.Outcome;
import dev.waggle.push.http.HttpReply;
import java.time.Duration;

/** What the answer of the operator's program means; the README of the module has the table for its authors. */
final class WebhookOutcome {
    private static final Duration TROUBLE = Duration.ofSeconds(10);

    private WebhookOutcome() {}

    static Outcome of(HttpReply reply) {
        return reply.fold(
                WebhookOutcome::of,
                silence -> new Outcome.Later(silence.reason(), TROUBLE, null, silence.late()),
                refused -> new Outcome.Misconfigured(refused.reason()));
    }

    private static Outcome of(HttpReply.Answer answer) {
        int status = answer.status();
        String reason = "status " + status;
        if (status < 300) {
            return new Outcome.Accepted(reason);
        }
        if (status >= 500 || status == 408 || status == 425 || status == 429) {
            return new Outcome.Later(reason, TROUBLE, answer.retryAfter(), false);
        }
        return switch (status) {
            case 410 -> new Outcome.Gone(reason, 0);
            case 400, 409, 413, 422 -> new Outcome.Undeliverable(reason);
            // Redirects, wrong credentials, wrong path, wrong method: none of the pushes will get through.
            default -> new Outcome.Misconfigured(reason + ": is this the address of the webhook?");
        };
    }
}
