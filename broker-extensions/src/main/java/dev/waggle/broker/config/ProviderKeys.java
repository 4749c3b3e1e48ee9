package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the ways to the devices of one app: those directly under {@code push}, and the same ones in an entry of
 * {@code push.apps}.
 */
final class ProviderKeys {
    private static final String NONE = "none";

    private final Setting<String> fcmKey;
    private final Setting<URI> fcmEndpoint;
    private final Setting<String> apnsKey;
    private final Setting<String> apnsKeyId;
    private final Setting<String> apnsTeamId;
    private final Setting<List<String>> apnsTopics;
    private final Setting<String> apnsHost;
    private final Setting<String> apnsSandboxHost;
    private final Setting<Integer> apnsPort;
    private final Setting<String> apnsTrusted;
    private final Setting<String> webPushContact;
    private final Setting<List<String>> webPushPrivate;
    private final Setting<Optional<URI>> webhookUrl;
    private final Setting<String> webhookSecret;

    /** @param prefix of their paths, may be empty */
    ProviderKeys(String prefix) {
        fcmKey = path(prefix + "fcm.keyFile", "service account of the Firebase project; none: no FCM");
        fcmEndpoint =
                new Setting<>(prefix + "fcm.endpoint", "", "https://fcm.googleapis.com", uri("https?"), "where FCM is");
        apnsKey = path(prefix + "apns.keyFile", "signing key (.p8); none: no APNs");
        apnsKeyId = new Setting<>(prefix + "apns.keyId", "", NONE, id(), "id of that key");
        apnsTeamId = new Setting<>(prefix + "apns.teamId", "", NONE, id(), "id of the team");
        apnsTopics = new Setting<>(
                prefix + "apns.topics",
                "",
                "[]",
                Kind.several("a list of bundle ids", "[A-Za-z0-9.-]{1,255}"),
                "bundle ids of your apps; the first is that of devices which name none");
        apnsHost = host(prefix + "apns.host", "api.push.apple.com", "where APNs is");
        apnsSandboxHost = host(
                prefix + "apns.sandboxHost", "api.sandbox.push.apple.com", "where it is for apps under development");
        apnsPort = new Setting<>(
                prefix + "apns.port", "", "443", Kind.whole(1, 65_535), "port of both; Apple also listens on 2197");
        apnsTrusted =
                path(prefix + "apns.trustedCertificates", "trusted there in the place of the usual authorities; PEM");
        webPushContact = new Setting<>(
                prefix + "webpush.contact",
                "",
                NONE,
                Kind.matching("mailto:… or https://…, or none", "(mailto:|https://)[!-~]{3,255}|none"),
                "whom push services may ask about us (RFC 8292), Apple's insists; none, and allowPrivate empty: no Web Push");
        webPushPrivate = new Setting<>(
                prefix + "webpush.allowPrivate",
                "",
                "[]",
                Kind.several(
                        "a list of host names, addresses or networks such as 10.0.0.0/8, or true for all",
                        "[A-Za-z0-9.:/_-]{1,255}"),
                "push services that may be on private networks; all others must be public");
        webhookUrl = new Setting<>(
                prefix + "webhook.url",
                "",
                NONE,
                optional(uri("https?")),
                "gets the pushes of devices registered with provider webhook");
        webhookSecret = path(prefix + "webhook.secretFile", "its first line signs what is sent there (HMAC-SHA256)");
    }

    /** In the order of the file. */
    List<Setting<?>> all() {
        return List.of(
                fcmKey,
                fcmEndpoint,
                apnsKey,
                apnsKeyId,
                apnsTeamId,
                apnsTopics,
                apnsHost,
                apnsSandboxHost,
                apnsPort,
                apnsTrusted,
                webPushContact,
                webPushPrivate,
                webhookUrl,
                webhookSecret);
    }

    /** Those of which one makes a way to devices. */
    String choices() {
        return String.join(", ", fcmKey.path(), apnsKey.path(), webPushContact.path(), webhookUrl.path());
    }

    /**
     * @param app what devices name it
     * @param place what stands before the paths of these keys
     * @param file the file that a value of a setting names
     */
    PushConfig.App read(String app, String place, Values values, BiFunction<Setting<?>, String, Path> file) {
        Path fcm = file(values, fcmKey, file);
        Path apns = file(values, apnsKey, file);
        Path secret = file(values, webhookSecret, file);
        URI webhook = values.of(webhookUrl).orElse(null);
        return new PushConfig.App(
                app,
                place,
                fcm == null ? null : new PushConfig.Fcm(fcm, values.of(fcmEndpoint)),
                apns == null
                        ? null
                        : new PushConfig.Apns(
                                apns,
                                values.of(apnsKeyId),
                                values.of(apnsTeamId),
                                values.of(apnsTopics),
                                values.of(apnsHost),
                                values.of(apnsSandboxHost),
                                values.of(apnsPort),
                                file(values, apnsTrusted, file)),
                webPush(values),
                webhook == null || secret == null ? null : new PushConfig.Webhook(webhook, secret));
    }

    /** Who names push services of the own network has Web Push too, though nobody there asks whom to write to. */
    private PushConfig.@Nullable WebPush webPush(Values values) {
        String contact = values.of(webPushContact);
        List<String> nearby = values.of(webPushPrivate).stream()
                .filter(word -> !word.equals("false"))
                .toList();
        return contact.equals(NONE) && nearby.isEmpty()
                ? null
                : new PushConfig.WebPush(contact.equals(NONE) ? null : contact, nearby);
    }

    private static @Nullable Path file(
            Values values, Setting<String> setting, BiFunction<Setting<?>, String, Path> place) {
        String file = values.of(setting);
        return file.equals(NONE) ? null : place.apply(setting, file);
    }

    /**
     * What no key shows by itself; whether the keys are good, the providers say.
     *
     * @param place what stands before the paths of these keys
     */
    void check(String place, Values values, List<Problem> problems) {
        if (!values.of(apnsKey).equals(NONE)) {
            required(values.of(apnsKeyId).equals(NONE), apnsKeyId, apnsKey, place, problems);
            required(values.of(apnsTeamId).equals(NONE), apnsTeamId, apnsKey, place, problems);
            required(values.of(apnsTopics).isEmpty(), apnsTopics, apnsKey, place, problems);
        }
        if (values.of(webhookUrl).isPresent()) {
            required(values.of(webhookSecret).equals(NONE), webhookSecret, webhookUrl, place, problems);
        }
    }

    private static void required(
            boolean missing, Setting<?> setting, Setting<?> by, String place, List<Problem> problems) {
        if (missing) {
            problems.add(new Problem(
                    place + setting.path(), "is missing, and " + place + by.path() + " needs it", setting.allowed()));
        }
    }

    private static Setting<String> path(String key, String meaning) {
        return new Setting<>(key, "", NONE, Kind.matching("a path, or none", ".+"), meaning);
    }

    private static Setting<String> host(String key, String usual, String meaning) {
        return new Setting<>(key, "", usual, Kind.matching("a host name", "[A-Za-z0-9.-]{1,253}"), meaning);
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
