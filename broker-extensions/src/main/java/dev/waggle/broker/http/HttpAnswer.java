package dev.waggle.broker.http;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
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

    static HttpAnswer refused(Refusal refusal, String message) {
        return refused(Rejection.of(refusal, message));
    }

    static HttpAnswer refused(Rejection rejection) {
        return json(rejection.refusal().httpStatus(), ErrorBody.of(rejection));
    }

    static HttpAnswer methodNotAllowed(String allowed) {
        HttpAnswer plain = json(405, ErrorBody.of(Rejection.of(Refusal.BAD_REQUEST, "use " + allowed)));
        return new HttpAnswer(405, plain.contentType(), plain.body(), Map.of("Allow", allowed));
    }
}
