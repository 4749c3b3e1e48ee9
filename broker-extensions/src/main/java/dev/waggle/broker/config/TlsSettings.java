package dev.waggle.broker.config;

import dev.waggle.broker.tls.TlsFiles;
import dev.waggle.spec.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The keys of TLS. Without a certificate there is none, and the rest is not looked at. */
final class TlsSettings {
    private static final String NONE = "none";

    static final Setting<String> CERTIFICATE = file(
            "tls.certificate",
            "PEM, the server's certificate and chain; with it all doors but admin are there with TLS too");
    static final Setting<String> KEY = file("tls.key", "PEM, its private key: PKCS #8 without a password");
    static final Setting<String> CLIENT_AUTHORITIES = file(
            "tls.clientAuthorities", "PEM, whose certificates of MQTT clients are taken; none: none are asked for");
    static final Setting<ClientCertificates> CLIENT_CERTIFICATES = new Setting<>(
            "tls.clientCertificates",
            "",
            "optional",
            Kind.oneOf(ClientCertificates.class),
            "with clientAuthorities: whether an MQTT client must have one");
    static final Setting<String> BIND = new Setting<>(
            "tls.bind",
            "",
            "same",
            new Kind<>(
                    "an IP address, localhost, or same: as listeners.bind",
                    words -> words.equals(List.of("same"))
                            ? Parsed.ok("same")
                            : Kind.address().read().apply(words)),
            "where MQTT, WebSocket and HTTP with TLS listen");
    static final Setting<Integer> MQTT_PORT = new Setting<>("tls.mqtt.port", "", "8883", Kind.port(), "MQTT over TLS");
    static final Setting<Integer> WS_PORT =
            new Setting<>("tls.ws.port", "", "8443", Kind.port(), "MQTT over WebSocket over TLS, path /mqtt");
    static final Setting<Integer> HTTP_PORT =
            new Setting<>("tls.http.port", "", "8444", Kind.port(), "public HTTP over TLS");

    static final List<Setting<?>> ALL =
            List.of(CERTIFICATE, KEY, CLIENT_AUTHORITIES, CLIENT_CERTIFICATES, BIND, MQTT_PORT, WS_PORT, HTTP_PORT);

    enum ClientCertificates {
        OPTIONAL,
        REQUIRED
    }

    private TlsSettings() {}

    /**
     * @param place where a relative path of a setting begins
     * @param bind that of the listeners without TLS
     */
    static WaggleConfig.@Nullable Tls read(Values values, BiFunction<Setting<?>, String, Path> place, String bind) {
        if (values.of(CERTIFICATE).equals(NONE)) {
            return null;
        }
        String own = values.of(BIND);
        Path authorities = values.of(CLIENT_AUTHORITIES).equals(NONE)
                ? null
                : place.apply(CLIENT_AUTHORITIES, values.of(CLIENT_AUTHORITIES));
        return new WaggleConfig.Tls(
                new TlsFiles(
                        place.apply(CERTIFICATE, values.of(CERTIFICATE)),
                        place.apply(KEY, values.of(KEY)),
                        authorities),
                values.of(CLIENT_CERTIFICATES) == ClientCertificates.REQUIRED,
                own.equals("same") ? bind : own,
                values.of(MQTT_PORT),
                values.of(WS_PORT),
                values.of(HTTP_PORT));
    }

    /** That the files can be used is known before anything starts. */
    static void check(WaggleConfig.Tls tls, List<Problem> problems) {
        String problem = tls.files().problem();
        if (problem != null) {
            problems.add(new Problem(CERTIFICATE.path(), problem, "PEM files of a certificate and its key"));
        }
        if (tls.clientCertificateRequired() && tls.files().clientAuthorities() == null) {
            problems.add(new Problem(
                    CLIENT_CERTIFICATES.path(),
                    "nobody's client certificates are taken",
                    CLIENT_AUTHORITIES.path() + " with certificates in PEM"));
        }
    }

    private static Setting<String> file(String path, String meaning) {
        return new Setting<>(path, "", NONE, Kind.matching("a path, or none", ".+"), meaning);
    }
}
