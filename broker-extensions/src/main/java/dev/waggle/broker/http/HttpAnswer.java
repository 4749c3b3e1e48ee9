package dev.waggle.broker.http;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.time.Duration;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param headers more headers, such as {@code Allow}
 */
public record HttpAnswer(int status, String contentType, Bytes body, Map<String, String> headers) {
    public static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    public static HttpAnswer json(int status, Bytes body) {
        return new HttpAnswer(status, JSON, body, Map.of());
    }

    public static HttpAnswer text(int status, String body) {
        return new HttpAnswer(status, TEXT, Bytes.utf8(body), Map.of());
    }

    public static HttpAnswer refused(Refusal refusal, String message) {
        return refused(Rejection.of(refusal, message));
    }

    public static HttpAnswer refused(Rejection rejection) {
        return json(rejection.refusal().httpStatus(), ErrorBody.of(rejection));
    }

    public static HttpAnswer methodNotAllowed(String allowed) {
        return json(405, ErrorBody.of(Rejection.of(Refusal.BAD_REQUEST, "use " + allowed)))
                .with(Map.of("Allow", allowed));
    }

    /** Too much for now (429): with the whole seconds to wait, at least one. */
    static HttpAnswer comeAgain(Duration wait, String message) {
        String seconds = Long.toString(Math.max(1, (wait.toMillis() + 999) / 1_000));
        return refused(Refusal.RATE_LIMITED, message).with(Map.of("Retry-After", seconds));
    }

    HttpAnswer with(Map<String, String> others) {
        return new HttpAnswer(status, contentType, body, others);
    }
}
