package dev.waggle.push.apns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app, or several of one team, at APNs.
 *
 * @param keyFile the signing key ({@code AuthKey_….p8}) from Apple's developer site
 * @param keyId its id there, 10 letters and digits
 * @param teamId of the developer account, 10 letters and digits
 * @param topics bundle ids of the apps, and {@code BUNDLE.voip} if calls are to ring by PushKit; to others nothing is
 *     sent. At least one
 * @param production for builds from the store and from TestFlight
 * @param sandbox for builds from Xcode
 * @param trustedCertificates PEM file of who may sign the servers' certificates, or null: as Java trusts
 * @param connections to each of the two, at least 1. Each has a provider token of its own, and Apple counts those: more
 *     than one only for thousands of pushes a second
 * @param limit of one try
 * @param afterServerError the first delay after a 5xx; Apple asks for 15 minutes
 */
public record ApnsSettings(
        Path keyFile,
        String keyId,
        String teamId,
        List<String> topics,
        Server production,
        Server sandbox,
        @Nullable Path trustedCertificates,
        int connections,
        Duration limit,
        Duration afterServerError) {
    public static final Server PRODUCTION = new Server("api.push.apple.com", 443);
    public static final Server SANDBOX = new Server("api.sandbox.push.apple.com", 443);
    public static final Duration LIMIT = Duration.ofSeconds(10);
    public static final Duration AFTER_SERVER_ERROR = Duration.ofMinutes(15);

    /** @param port 443, or 2197 where a firewall wants to tell APNs from the rest */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public ApnsSettings {
        topics = List.copyOf(topics);
        if (topics.isEmpty() || connections < 1) {
            throw new IllegalArgumentException("topics and connections must be at least one");
        }
    }

    /** Apple's own servers, one connection, 10 s. */
    public static ApnsSettings usual(Path keyFile, String keyId, String teamId, List<String> topics) {
        return new ApnsSettings(
                keyFile, keyId, teamId, topics, PRODUCTION, SANDBOX, null, 1, LIMIT, AFTER_SERVER_ERROR);
    }

    Server server(boolean inSandbox) {
        return inSandbox ? sandbox : production;
    }
}
