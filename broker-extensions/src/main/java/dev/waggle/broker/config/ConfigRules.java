package dev.waggle.broker.config;

import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.spec.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What two settings together must obey, and what is allowed but weakens safety. */
final class ConfigRules {

    /** Room in a packet for what is not body, properties or topic: header, ids, lengths, key. */
    private static final int PACKET_OVERHEAD = 256;

    private ConfigRules() {}

    static void check(WaggleConfig config, List<Problem> problems) {
        ports(config, problems);
        if (config.tls() != null) {
            TlsSettings.check(config.tls(), problems);
        }
        AccountSettings.check(config, problems);
        TopicRules.check(config.rights(), problems);
        if (config.rights().anonymous().enabled()
                && !config.rights().anonymous().beyondLoopback()
                && heardBeyond(config)) {
            problems.add(new Problem(
                    Settings.ANONYMOUS.path(),
                    "true would let in everybody beyond this machine",
                    "loopback addresses for listeners.bind and tls.bind, or " + Settings.ANONYMOUS_BEYOND.path()
                            + ": true to accept it"));
        }
        ExchangeSettings.check(config, problems);
        Limits limits = config.limits().contract();
        int largest = limits.body() + limits.properties() + limits.topic() + PACKET_OVERHEAD;
        if (limits.packet() < largest) {
            problems.add(new Problem(
                    Settings.PACKET_BYTES.path(),
                    limits.packet() + " holds no message of the largest size",
                    "at least " + largest + " (body, properties, topic and " + PACKET_OVERHEAD + ")"));
        }
        if (limits.inboxEntriesUnseen() > limits.inboxEntries()) {
            problems.add(new Problem(
                    Settings.INBOX_UNSEEN_ENTRIES.path(),
                    limits.inboxEntriesUnseen() + " is more than " + Settings.INBOX_ENTRIES.path(),
                    "at most " + limits.inboxEntries()));
        }
        if (!loopback(config.http().bind()) && !config.http().plain()) {
            problems.add(new Problem(
                    Settings.HTTP_BIND.path(),
                    config.http().bind() + " would be heard beyond this machine without TLS",
                    "a loopback address, or http.plain: true to accept it"));
        }
    }

    private static boolean heardBeyond(WaggleConfig config) {
        return !loopback(config.listeners().bind())
                || (config.tls() != null && !loopback(config.tls().bind()));
    }

    static List<String> weaknesses(WaggleConfig config) {
        List<String> found = new ArrayList<>();
        if (config.rights().anonymous().enabled()) {
            found.add("anonymous.enabled is true: whoever reaches MQTT"
                    + (heardBeyond(config) ? ", beyond this machine," : "")
                    + " may do what topics.rules open to the role anonymous");
        }
        if (!loopback(config.listeners().bind())) {
            found.add("listeners.bind is " + config.listeners().bind()
                    + ": MQTT without TLS is heard beyond this machine; tokens and messages can be read on the way");
        }
        if (!loopback(config.http().bind())) {
            found.add("http.plain is true and http.bind is " + config.http().bind()
                    + ": tokens and messages can be read on the way");
        }
        if (!loopback(config.admin().bind())) {
            found.add("admin.bind is " + config.admin().bind()
                    + ": metrics and health are heard beyond this machine without TLS");
        }
        if (config.accounts().registration() == WaggleConfig.RegistrationBy.OPEN) {
            found.add("registration is open: whoever reaches HTTP may make an account");
        }
        if (config.http().corsOrigins().contains("*")) {
            found.add("http.cors.origins holds *: pages of any origin may call");
        }
        for (ExternalIssuer issuer : config.issuers().external()) {
            if (issuer.jwksUri() != null && "http".equals(issuer.jwksUri().getScheme())
                    || issuer.jwksUri() == null && issuer.name().startsWith("http:")) {
                found.add("the keys of the issuer " + issuer.name() + " are fetched without TLS, from this machine");
            }
        }
        return found;
    }

    private static void ports(WaggleConfig config, List<Problem> problems) {
        Map<String, String> taken = new TreeMap<>();
        Map<Setting<?>, Integer> ports = new HashMap<>(Map.of(
                Settings.MQTT_PORT, config.listeners().mqttPort(),
                Settings.WS_PORT, config.listeners().wsPort(),
                Settings.HTTP_PORT, config.http().port(),
                Settings.ADMIN_PORT, config.admin().port()));
        WaggleConfig.Tls tls = config.tls();
        if (tls != null) {
            ports.put(TlsSettings.MQTT_PORT, tls.mqttPort());
            ports.put(TlsSettings.WS_PORT, tls.wsPort());
            ports.put(TlsSettings.HTTP_PORT, tls.httpPort());
        }
        ports.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .sorted(java.util.Comparator.comparing(entry -> entry.getKey().path()))
                .forEach(entry -> {
                    String other = taken.putIfAbsent(
                            String.valueOf(entry.getValue()), entry.getKey().path());
                    if (other != null) {
                        problems.add(new Problem(
                                entry.getKey().path(), entry.getValue() + " is also " + other, "a port for each door"));
                    }
                });
    }

    /** Only the machine itself can reach it. */
    static boolean loopback(String bind) {
        return bind.equals("localhost") || bind.equals("::1") || bind.startsWith("127.");
    }
}
