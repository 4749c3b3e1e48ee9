package dev.waggle.push.fcm;

import java.net.URI;
import java.nio.file.Path;

/**
 * One project of Firebase.
 *
 * @param keyFile the JSON key of a service account, from the project's settings; names the project and where access tokens
 *     come from
 * @param endpoint where messages go to, https, without a path
 */
public record FcmSettings(Path keyFile, URI endpoint) {
    public static final URI ENDPOINT = URI.create("https://fcm.googleapis.com");

    /** Google's own servers. */
    public static FcmSettings usual(Path keyFile) {
        return new FcmSettings(keyFile, ENDPOINT);
    }
}
