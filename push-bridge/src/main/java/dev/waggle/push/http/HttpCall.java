package dev.waggle.push.http;

import dev.waggle.spec.Bytes;
import java.net.URI;
import java.util.Map;

/**
 * One POST. The text form shows nothing of it: addresses and headers hold credentials.
 *
 * @param headers by name; not those that the client sets itself, such as {@code Host} and {@code Content-Length}
 */
public record HttpCall(URI address, Map<String, String> headers, Bytes body) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "a POST of " + body;
    }
}
