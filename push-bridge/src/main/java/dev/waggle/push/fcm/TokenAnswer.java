package dev.waggle.push.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Outcome;
import dev.waggle.push.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What the token endpoint answered (RFC 6749 §5). Total.
 *
 * @param access the token, or why there is none
 * @param life of the token from now on
 */
record TokenAnswer(Access access, Duration life) {
    /** The clocks disagree: Google allows some minutes. */
    static final String CLOCK = "invalid_grant, clock";

    /** The key does not sign for this account any more. */
    static final String SIGNATURE = "invalid_grant, signature";

    static final String ACCOUNT = "invalid_grant, account";

    private static final Duration BASE = Duration.ofSeconds(10);
    private static final int LONGEST_LIFE_SECONDS = 24 * 3_600;

    /** What a header may hold (RFC 6750 §2.1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4096}");

    private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

    static TokenAnswer of(HttpReply reply) {
        return reply.fold(
                TokenAnswer::answered,
                silence -> denied(new Outcome.Later("token: " + silence.reason(), BASE, null, true)),
                refused -> denied(new Outcome.Misconfigured("token: " + refused.reason())));
    }

    private static TokenAnswer answered(HttpReply.Answer answer) {
        JsonNode body = json(answer);
        if (answer.status() == 200) {
            String token = body.path("access_token").asText();
            int seconds = Math.min(body.path("expires_in").asInt(0), LONGEST_LIFE_SECONDS);
            return TOKEN.matcher(token).matches() && seconds > 0
                    ? new TokenAnswer(new Access.Granted(token), Duration.ofSeconds(seconds))
                    : denied(new Outcome.Later("token: not readable", BASE, null, false));
        }
        String error = body.path("error").asText();
        String reason = WORD.matcher(error).matches() ? error : "status " + answer.status();
        if (answer.status() >= 500 || answer.status() == 429 || answer.status() == 408) {
            return denied(new Outcome.Later("token: " + reason, BASE, answer.retryAfter(), false));
        }
        return denied(new Outcome.Misconfigured(
                reason.equals("invalid_grant")
                        ? cause(body.path("error_description").asText())
                        : "token: " + reason));
    }

    private static String cause(String description) {
        if (description.contains("iat and exp") || description.contains("timeframe")) {
            return CLOCK;
        }
        if (description.contains("ignature")) {
            return SIGNATURE;
        }
        return description.contains("account") ? ACCOUNT : "token: invalid_grant";
    }

    private static TokenAnswer denied(Outcome outcome) {
        return new TokenAnswer(new Access.Denied(outcome), Duration.ZERO);
    }

    private static JsonNode json(HttpReply.Answer answer) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return mapper.readTree(answer.body().shared());
        } catch (IOException e) {
            return mapper.missingNode();
        }
    }
}
