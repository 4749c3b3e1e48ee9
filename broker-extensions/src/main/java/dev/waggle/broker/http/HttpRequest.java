package dev.waggle.broker.http;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.spec.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the routes see it.
 *
 * @param method in upper case
 * @param path without query, percent-decoded by the server
 * @param query by name, decoded; the first value of each
 * @param headers names in lower case; the first value of each
 * @param body whole, at most what the door allows
 * @param address where it comes from: an IPv4 address, or the /64 network of an IPv6 one, which one household has
 * @param secure true: it came over TLS
 * @param certificate of the client, which has proved in the TLS handshake that it holds the key; or null
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body,
        String address,
        boolean secure,
        @Nullable CertificateDigest certificate) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
