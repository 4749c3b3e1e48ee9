package dev.waggle.push.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Outcome;
import dev.waggle.push.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of FCM means for us (Firebase, "FCM error codes"). Total: proxies in front of it answer with HTML, and
 * bodies may be empty.
 *
 * @param code of FCM's own detail, or the status of the error, or {@code status N}: short, of few kinds
 * @param isError true: the body is an error as Google's services write it
 * @param aboutAddress true: FCM names the address as what is wrong
 */
record FcmAnswer(
        int status,
        String code,
        boolean isError,
        boolean aboutAddress,
        @Nullable Duration retryAfter) {
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    /** Google asks for at least that before the first further try. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(10);

    /** Not about our token but about what the project has for APNs. */
    private static final Set<String> OTHERS_TOKEN = Set.of("THIRD_PARTY_AUTH_ERROR", "APNS_AUTH_ERROR");

    private static final Pattern CODE = Pattern.compile("[A-Z_]{1,40}");

    static FcmAnswer of(HttpReply.Answer answer) {
        JsonNode error = json(answer).path("error");
        String code = "";
        boolean aboutAddress = error.path("message").asText().contains("not a valid FCM registration token");
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText().endsWith("FcmError")) {
                code = detail.path("errorCode").asText();
            }
            for (JsonNode violation : detail.path("fieldViolations")) {
                String field = violation.path("field").asText();
                aboutAddress |= field.equals("message.token") || field.equals("message.fid");
            }
        }
        String status = error.path("status").asText();
        String known = CODE.matcher(code).matches() ? code : status;
        return new FcmAnswer(
                answer.status(),
                CODE.matcher(known).matches() ? known : "status " + answer.status(),
                error.isObject(),
                aboutAddress,
                answer.retryAfter());
    }

    /** Our access token is refused: a new one may help. */
    boolean refusesToken() {
        return status == 401 && !OTHERS_TOKEN.contains(code);
    }

    Outcome outcome() {
        return switch (status) {
            case 200 -> new Outcome.Accepted("accepted");
            case 400 -> aboutAddress ? new Outcome.Unknown(code) : new Outcome.Undeliverable(code);
            case 401 -> new Outcome.Misconfigured(code);
            case 403 -> code.equals("SENDER_ID_MISMATCH") ? new Outcome.Unknown(code) : new Outcome.Misconfigured(code);
            case 404 -> missing();
            case 408 -> later();
            case 429 -> new Outcome.Later(code, AFTER_QUOTA, retryAfter, false);
            default -> status >= 500 ? later() : new Outcome.Undeliverable(code);
        };
    }

    private Outcome missing() {
        if (code.equals("UNREGISTERED")) {
            return new Outcome.Gone(code, 0);
        }
        // Without FCM's own word for it the project may be what is not there; without an error, it is not FCM.
        return isError ? new Outcome.Unknown(code) : new Outcome.Misconfigured(code);
    }

    private Outcome later() {
        Duration wish = retryAfter;
        return new Outcome.Later(
                code, AFTER_ERROR, wish == null || wish.compareTo(AFTER_ERROR) < 0 ? AFTER_ERROR : wish, false);
    }

    /** Nothing came back in time, or the connection failed. */
    static Outcome silence(String reason) {
        return new Outcome.Later(reason, AFTER_ERROR, null, true);
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
