package dev.waggle.broker.http;

import dev.waggle.spec.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the routes see it.
 *
 * @param method in upper case
 * @param path without query, percent-decoded by the server
 * @param headers names in lower case; the first value of each
 * @param body whole, at most what the door allows
 */
public record HttpRequest(String method, String path, Map<String, String> headers, Bytes body) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
