package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The keys of how sleeping devices are woken. */
final class PushSettingKeys {
    private static final String NONE = "none";

    static final Setting<String> FCM_KEY =
            path("push.fcm.keyFile", "service account of the Firebase project; none: no FCM");
    static final Setting<URI> FCM_ENDPOINT =
            new Setting<>("push.fcm.endpoint", "", "https://fcm.googleapis.com", uri("https?"), "where FCM is");
    static final Setting<String> APNS_KEY = path("push.apns.keyFile", "signing key (.p8); none: no APNs");
    static final Setting<String> APNS_KEY_ID = new Setting<>("push.apns.keyId", "", NONE, id(), "id of that key");
    static final Setting<String> APNS_TEAM_ID = new Setting<>("push.apns.teamId", "", NONE, id(), "id of the team");
    static final Setting<List<String>> APNS_TOPICS = new Setting<>(
            "push.apns.topics",
            "",
            "[]",
            Kind.several("a list of bundle ids", "[A-Za-z0-9.-]{1,255}"),
            "bundle ids of your apps; the first is that of devices which name none");
    static final Setting<String> APNS_HOST = host("push.apns.host", "api.push.apple.com", "where APNs is");
    static final Setting<String> APNS_SANDBOX_HOST =
            host("push.apns.sandboxHost", "api.sandbox.push.apple.com", "where it is for apps under development");
    static final Setting<Integer> APNS_PORT = new Setting<>(
            "push.apns.port", "", "443", Kind.whole(1, 65_535), "port of both; Apple also listens on 2197");
    static final Setting<String> APNS_TRUSTED =
            path("push.apns.trustedCertificates", "trusted there in the place of the usual authorities; PEM");
    static final Setting<String> WEBPUSH_CONTACT = new Setting<>(
            "push.webpush.contact",
            "",
            NONE,
            Kind.matching("mailto:… or https://…, or none", "(mailto:|https://)[!-~]{3,255}|none"),
            "whom push services may ask about us (RFC 8292); none: no Web Push");
    static final Setting<List<String>> WEBPUSH_PRIVATE = new Setting<>(
            "push.webpush.allowPrivate",
            "",
            "[]",
            Kind.several("a list of host names, addresses or networks such as 10.0.0.0/8", "[A-Za-z0-9.:/_-]{1,255}"),
            "push services that may be on private networks; all others must be public");
    static final Setting<Optional<URI>> WEBHOOK_URL = new Setting<>(
            "push.webhook.url",
            "",
            NONE,
            optional(uri("https?")),
            "gets the pushes of devices registered with provider webhook");
    static final Setting<String> WEBHOOK_SECRET =
            path("push.webhook.secretFile", "its first line signs what is sent there (HMAC-SHA256)");
    static final Setting<Duration> UNACKNOWLEDGED = span(
            "push.unacknowledgedAfter",
            "5s",
            "a connected device that has not acknowledged for so long is taken for asleep");
    static final Setting<Duration> GRACE =
            span("push.grace", "3s", "a device that has gone may come back within it without being woken");
    static final Setting<Duration> WINDOW =
            span("push.window", "10s", "at most one push of a conversation to a device in it, after the first");
    static final Setting<Duration> TTL =
            new Setting<>("push.ttl", "", "24h", Kind.span("1m", "28d"), "a message this old wakes nobody");

    static final List<Setting<?>> ALL = List.of(
            FCM_KEY,
            FCM_ENDPOINT,
            APNS_KEY,
            APNS_KEY_ID,
            APNS_TEAM_ID,
            APNS_TOPICS,
            APNS_HOST,
            APNS_SANDBOX_HOST,
            APNS_PORT,
            APNS_TRUSTED,
            WEBPUSH_CONTACT,
            WEBPUSH_PRIVATE,
            WEBHOOK_URL,
            WEBHOOK_SECRET,
            UNACKNOWLEDGED,
            GRACE,
            WINDOW,
            TTL);

    private PushSettingKeys() {}

    private static Setting<String> path(String key, String meaning) {
        return new Setting<>(key, "", NONE, Kind.matching("a path, or none", ".+"), meaning);
    }

    /** The usual ones: nobody is woken. */
    static PushConfig read(Values values, BiFunction<Setting<?>, String, Path> place) {
        Path fcm = file(values, FCM_KEY, place);
        Path apns = file(values, APNS_KEY, place);
        Path secret = file(values, WEBHOOK_SECRET, place);
        URI webhook = values.of(WEBHOOK_URL).orElse(null);
        return new PushConfig(
                fcm == null ? null : new PushConfig.Fcm(fcm, values.of(FCM_ENDPOINT)),
                apns == null
                        ? null
                        : new PushConfig.Apns(
                                apns,
                                values.of(APNS_KEY_ID),
                                values.of(APNS_TEAM_ID),
                                values.of(APNS_TOPICS),
                                values.of(APNS_HOST),
                                values.of(APNS_SANDBOX_HOST),
                                values.of(APNS_PORT),
                                file(values, APNS_TRUSTED, place)),
                values.of(WEBPUSH_CONTACT).equals(NONE)
                        ? null
                        : new PushConfig.WebPush(values.of(WEBPUSH_CONTACT), values.of(WEBPUSH_PRIVATE)),
                webhook == null || secret == null ? null : new PushConfig.Webhook(webhook, secret),
                new PushConfig.Pace(values.of(UNACKNOWLEDGED), values.of(GRACE), values.of(WINDOW), values.of(TTL)));
    }

    private static @Nullable Path file(
            Values values, Setting<String> setting, BiFunction<Setting<?>, String, Path> place) {
        String file = values.of(setting);
        return file.equals(NONE) ? null : place.apply(setting, file);
    }

    /** What no key shows by itself; whether the keys are good, the providers say. */
    static void check(Values values, List<Problem> problems) {
        if (!values.of(APNS_KEY).equals(NONE)) {
            required(values.of(APNS_KEY_ID).equals(NONE), APNS_KEY_ID, APNS_KEY, problems);
            required(values.of(APNS_TEAM_ID).equals(NONE), APNS_TEAM_ID, APNS_KEY, problems);
            required(values.of(APNS_TOPICS).isEmpty(), APNS_TOPICS, APNS_KEY, problems);
        }
        if (values.of(WEBHOOK_URL).isPresent()) {
            required(values.of(WEBHOOK_SECRET).equals(NONE), WEBHOOK_SECRET, WEBHOOK_URL, problems);
        }
    }

    private static void required(boolean missing, Setting<?> setting, Setting<?> by, List<Problem> problems) {
        if (missing) {
            problems.add(new Problem(setting.path(), "is missing, and " + by.path() + " needs it", setting.allowed()));
        }
    }

    private static Setting<String> host(String key, String usual, String meaning) {
        return new Setting<>(key, "", usual, Kind.matching("a host name", "[A-Za-z0-9.-]{1,253}"), meaning);
    }

    private static Setting<Duration> span(String key, String usual, String meaning) {
        return new Setting<>(key, "", usual, Kind.span("0s", "10m"), meaning);
    }

    private static Kind<String> id() {
        return Kind.matching("10 capital letters and digits, or none", "[A-Z0-9]{10}|none");
    }

    private static Kind<URI> uri(String schemes) {
        String allowed = "an address beginning with https:// or http://, without a query";
        return new Kind<>(
                allowed, words -> words.size() == 1 ? uri(words.get(0), schemes) : Parsed.bad("must be one value"));
    }

    private static Parsed<URI> uri(String text, String schemes) {
        try {
            URI uri = new URI(text);
            boolean sound = uri.getScheme() != null
                    && uri.getScheme().matches(schemes)
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
            return sound ? Parsed.ok(uri) : Parsed.bad("has another form");
        } catch (URISyntaxException malformed) {
            return Parsed.bad("is no address");
        }
    }

    private static <T> Kind<Optional<T>> optional(Kind<T> kind) {
        return new Kind<>(
                kind.allowed() + ", or none",
                words -> words.equals(List.of(NONE))
                        ? Parsed.ok(Optional.empty())
                        : kind.read().apply(words).then(value -> Parsed.ok(Optional.of(value))));
    }
}
