package dev.waggle.broker.config;

import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.IdTokenIssuer;
import dev.waggle.broker.config.WaggleConfig.BlockedUsers;
import dev.waggle.broker.config.WaggleConfig.HostPersistence;
import dev.waggle.broker.config.WaggleConfig.LogFormat;
import dev.waggle.broker.config.WaggleConfig.UnknownUsers;
import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every key there is. {@code conf/waggle.yaml} and {@code conf/README.md} say the same in words; a test holds the three
 * equal.
 */
final class Settings {

    private static final String SIZE = "bytes";
    private static final String PER_SECOND = "a second";

    static final Setting<String> DATA = new Setting<>(
            "data", "", "./data", Kind.matching("a path", ".+"), "the data directory; one process at a time");
    static final Setting<String> BIND =
            new Setting<>("listeners.bind", "", "127.0.0.1", Kind.address(), "where MQTT, WebSocket and HTTP listen");
    static final Setting<Integer> MQTT_PORT =
            new Setting<>("listeners.mqtt.port", "", "1883", Kind.port(), "MQTT over TCP");
    static final Setting<Integer> WS_PORT =
            new Setting<>("listeners.ws.port", "", "8000", Kind.port(), "MQTT over WebSocket, path /mqtt");
    static final Setting<String> HTTP_BIND = new Setting<>(
            "http.bind",
            "",
            "same",
            new Kind<>(
                    "an IP address, localhost, or same: as listeners.bind",
                    words -> words.equals(List.of("same"))
                            ? dev.waggle.spec.Parsed.ok("same")
                            : Kind.address().read().apply(words)),
            "where the public HTTP listens");
    static final Setting<Integer> HTTP_PORT = new Setting<>("http.port", "", "8080", Kind.port(), "public HTTP");
    static final Setting<Boolean> HTTP_PLAIN = new Setting<>(
            "http.plain",
            "",
            "false",
            Kind.truth(),
            "true: HTTP without TLS may be heard beyond this machine (behind a proxy that has TLS)");
    static final Setting<List<String>> CORS_ORIGINS = new Setting<>(
            "http.cors.origins",
            "",
            "[]",
            Kind.several("a list of scheme://host[:port], or *", "\\*|https?://[A-Za-z0-9.:\\[\\]-]{1,255}"),
            "origins whose pages may call; empty: none");
    static final Setting<String> ADMIN_BIND =
            new Setting<>("admin.bind", "", "127.0.0.1", Kind.address(), "where the admin HTTP listens");
    static final Setting<Integer> ADMIN_PORT =
            new Setting<>("admin.port", "", "8081", Kind.port(), "health, metrics, admin");

    static final Setting<Boolean> LOCAL_ISSUER = new Setting<>(
            "localIssuer.enabled",
            "",
            "true",
            Kind.truth(),
            "true: tokens of the local issuer, whose key is in the data directory, are taken");
    static final Setting<IssuerSettings.Subjects> LOCAL_SUBJECTS = new Setting<>(
            "localIssuer.subjects",
            "",
            "raw",
            Kind.oneOf(IssuerSettings.Subjects.class),
            "raw: its subjects are the user ids; mapped: ids are derived, so that another issuer can be raw");
    static final Setting<Duration> LOCAL_KEY_LIFE = new Setting<>(
            "localIssuer.keyLife",
            "",
            "90d",
            Kind.span("7d", "3650d"),
            "how long a key signs; the next is published 24h ahead, the last verifies for 30 days more");
    static final Setting<List<String>> ISSUERS = Entries.setting(
            Entries.ISSUERS, "other issuers whose tokens are taken, found by the exact iss of the token");
    static final Setting<List<String>> EXCHANGE = Entries.setting(
            Entries.EXCHANGE,
            "providers whose id tokens log their users in at /auth/exchange; MQTT takes none of them");

    static final Setting<Double> SENDS_RATE = rate("limits.sends.rate", "20", "messages of one user");
    static final Setting<Integer> SENDS_BURST = burst("limits.sends.burst", "100", "messages at once");
    static final Setting<Double> SERVICE_SENDS_RATE =
            rate("limits.service.sends.rate", "2000", "messages of one user with the role service");
    static final Setting<Integer> SERVICE_SENDS_BURST =
            burst("limits.service.sends.burst", "4000", "messages at once, role service");
    static final Setting<Double> CALLS_RATE = rate("limits.calls.rate", "20", "requests of one user, MQTT and HTTP");
    static final Setting<Integer> CALLS_BURST = burst("limits.calls.burst", "100", "requests at once");
    static final Setting<Double> CONNECTS_RATE =
            rate("limits.connects.rate", "200", "new MQTT connections from one address");
    static final Setting<Integer> CONNECTS_BURST =
            burst("limits.connects.burst", "2000", "new connections at once from one address");

    static final Setting<Integer> MESSAGE_BYTES =
            new Setting<>("limits.message.bytes", SIZE, "65536", Kind.whole(1, 1_048_576), "largest message body");
    static final Setting<Integer> PROPERTY_BYTES = new Setting<>(
            "limits.message.propertyBytes",
            SIZE,
            "1024",
            Kind.whole(0, 65_536),
            "content type and user properties of one message together");
    static final Setting<Integer> PACKET_BYTES = new Setting<>(
            "limits.packet.bytes",
            SIZE,
            "1048576",
            Kind.whole(4_096, 16_777_216),
            "largest MQTT packet taken, announced in CONNACK");
    static final Setting<Integer> TOPIC_BYTES =
            new Setting<>("limits.topic.bytes", SIZE, "512", Kind.whole(256, 65_535), "longest topic and filter");
    static final Setting<Integer> RECEIVE_MAXIMUM = new Setting<>(
            "limits.receive.maximum",
            "messages",
            "64",
            Kind.whole(1, 65_535),
            "unanswered publishes of one connection, announced in CONNACK");
    static final Setting<Integer> GROUP_MEMBERS =
            new Setting<>("limits.group.members", "users", "1000", Kind.whole(2, 10_000), "members of one group");
    static final Setting<Integer> DELIVERED_MEMBERS = new Setting<>(
            "limits.marks.deliveredMembers",
            "users",
            "32",
            Kind.whole(0, 1_000),
            "most members of a conversation that are told who has received a message; 0: nobody is");
    static final Setting<Integer> READ_MEMBERS = new Setting<>(
            "limits.marks.readMembers",
            "users",
            "256",
            Kind.whole(0, 1_000),
            "most members of a conversation that are told who has read a message; 0: nobody is");
    static final Setting<Integer> DEVICES = new Setting<>(
            "limits.devices.perUser", "devices", "16", Kind.whole(1, 1_000), "durable devices of one user");
    static final Setting<Integer> INBOX_ENTRIES = new Setting<>(
            "limits.inbox.entries",
            "entries",
            "10000",
            Kind.whole(10, 1_000_000),
            "one inbox; the oldest entries beyond it become gaps");
    static final Setting<Integer> INBOX_UNSEEN_ENTRIES = new Setting<>(
            "limits.inbox.unseenEntries",
            "entries",
            "1000",
            Kind.whole(10, 1_000_000),
            "the inbox of a user who was never here");
    static final Setting<Duration> INBOX_AGE = new Setting<>(
            "limits.inbox.age", "", "30d", Kind.span("1h", "3650d"), "how old an entry may be before it becomes a gap");
    static final Setting<Integer> CONVERSATIONS = new Setting<>(
            "limits.conversations.perDay",
            "conversations",
            "200",
            Kind.whole(1, 1_000_000),
            "one-to-one conversations that one user starts within 24 hours; service: no limit");
    static final Setting<Duration> SESSION_EXPIRY = new Setting<>(
            "limits.session.expiry",
            "",
            "30d",
            Kind.span("1m", "365d"),
            "how long a durable device may stay away, announced in CONNACK");
    static final Setting<Duration> KEY_WINDOW = new Setting<>(
            "limits.dedupe.messages", "", "7d", Kind.span("1m", "90d"), "how long the key of a message is remembered");
    static final Setting<Duration> CALL_KEY_WINDOW = new Setting<>(
            "limits.dedupe.calls", "", "24h", Kind.span("1m", "90d"), "how long the key of a request is remembered");
    static final Setting<Integer> WINDOW_MESSAGES = new Setting<>(
            "limits.window.messages",
            "messages",
            "32",
            Kind.whole(1, 1_024),
            "unacknowledged deliveries to one device");
    static final Setting<Integer> WINDOW_BYTES = new Setting<>(
            "limits.window.bytes",
            SIZE,
            "262144",
            Kind.whole(1_024, 16_777_216),
            "unacknowledged deliveries to one device");

    static final Setting<Roles> ROLES = new Setting<>(
            "roles",
            "",
            "[]",
            RoleList.KIND,
            "more roles that tokens may name: in the chat they are their BASE, in topics.rules themselves");
    static final Setting<List<TopicRule>> TOPIC_RULES = new Setting<>(
            "topics.rules",
            "",
            "[]",
            TopicRules.KIND,
            "who may do what with topics outside u/; without a rule they are closed");
    static final Setting<Set<Actor.Role>> PRIORITY_ROLES = new Setting<>(
            "priority.roles",
            "",
            "service, moderator, admin",
            Kind.someOf(Actor.Role.class),
            "roles in the chat whose messages may have priority (prio=high)");
    static final Setting<Boolean> ANONYMOUS = new Setting<>(
            "anonymous.enabled",
            "",
            "false",
            Kind.truth(),
            "MQTT clients without a token are let in, for what topics.rules open to the role anonymous");
    static final Setting<Boolean> ANONYMOUS_BEYOND = new Setting<>(
            "anonymous.beyondLoopback",
            "",
            "false",
            Kind.truth(),
            "the same also where MQTT is heard beyond this machine");
    static final Setting<UnknownUsers> UNKNOWN_USERS = new Setting<>(
            "users.unknown",
            "",
            "accept",
            Kind.oneOf(UnknownUsers.class),
            "messages to users who never connected, and their joining of groups");
    static final Setting<BlockedUsers> BLOCKED_USERS = new Setting<>(
            "users.blocked",
            "",
            "silence",
            Kind.oneOf(BlockedUsers.class),
            "what who was blocked hears: nothing, or that the message is refused");
    static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "logging.format", "", "text", Kind.oneOf(LogFormat.class), "one line a record on stderr, either way");
    static final Setting<HostPersistence> HOST_PERSISTENCE = new Setting<>(
            "host.persistence",
            "",
            "memory",
            Kind.oneOf(HostPersistence.class),
            "where retained and queued messages of ordinary topics live; chat is always on disk");

    /** In the order of the file. */
    static final List<Setting<?>> ALL = all(
            DATA,
            BIND,
            MQTT_PORT,
            WS_PORT,
            HTTP_BIND,
            HTTP_PORT,
            HTTP_PLAIN,
            CORS_ORIGINS,
            ADMIN_BIND,
            ADMIN_PORT,
            LOCAL_ISSUER,
            LOCAL_SUBJECTS,
            LOCAL_KEY_LIFE,
            ISSUERS,
            EXCHANGE,
            SENDS_RATE,
            SENDS_BURST,
            SERVICE_SENDS_RATE,
            SERVICE_SENDS_BURST,
            GuardSettings.SERVICE_CONNECTIONS,
            CALLS_RATE,
            CALLS_BURST,
            CONNECTS_RATE,
            CONNECTS_BURST,
            MESSAGE_BYTES,
            PROPERTY_BYTES,
            PACKET_BYTES,
            TOPIC_BYTES,
            RECEIVE_MAXIMUM,
            GROUP_MEMBERS,
            DELIVERED_MEMBERS,
            READ_MEMBERS,
            DEVICES,
            INBOX_ENTRIES,
            INBOX_UNSEEN_ENTRIES,
            INBOX_AGE,
            CONVERSATIONS,
            SESSION_EXPIRY,
            KEY_WINDOW,
            CALL_KEY_WINDOW,
            WINDOW_MESSAGES,
            WINDOW_BYTES,
            ROLES,
            TOPIC_RULES,
            PRIORITY_ROLES,
            ANONYMOUS,
            ANONYMOUS_BEYOND,
            UNKNOWN_USERS,
            BLOCKED_USERS,
            LOG_FORMAT,
            HOST_PERSISTENCE);

    private Settings() {}

    private static List<Setting<?>> all(Setting<?>... settings) {
        List<Setting<?>> all = new ArrayList<>(List.of(settings));
        all.addAll(all.indexOf(CONVERSATIONS) + 1, HistorySettings.ALL);
        all.addAll(all.indexOf(CONNECTS_BURST) + 1, GuardSettings.ALL);
        all.addAll(all.indexOf(BLOCKED_USERS) + 1, ModerationSettings.ALL);
        all.addAll(all.indexOf(LOCAL_KEY_LIFE) + 1, AccountSettings.ALL);
        all.addAll(all.indexOf(LOG_FORMAT), PushSettingKeys.ALL);
        all.addAll(all.indexOf(ADMIN_PORT) + 1, TlsSettings.ALL);
        return List.copyOf(all);
    }

    static WaggleConfig defaults(Path data) {
        Values values = new Values(Map.of());
        return tree(
                data,
                values,
                List.of(),
                List.of(),
                AccountSettings.read(values, (setting, path) -> Path.of(path), false),
                ModerationSettings.read(values, (setting, path) -> Path.of(path), new ArrayList<>()),
                PushSettingKeys.read(values, List.of(), (setting, path) -> Path.of(path)),
                null);
    }

    /** The record tree from the values of all settings. */
    static WaggleConfig tree(
            Path data,
            Values values,
            List<ExternalIssuer> issuers,
            List<IdTokenIssuer> exchange,
            WaggleConfig.Accounts accounts,
            WaggleConfig.Moderation moderation,
            PushConfig push,
            WaggleConfig.@Nullable Tls tls) {
        String bind = values.of(BIND);
        String httpBind = values.of(HTTP_BIND).equals("same") ? bind : values.of(HTTP_BIND);
        return new WaggleConfig(
                data.toAbsolutePath().normalize(),
                new WaggleConfig.Listeners(bind, values.of(MQTT_PORT), values.of(WS_PORT)),
                new WaggleConfig.Http(httpBind, values.of(HTTP_PORT), values.of(HTTP_PLAIN), values.of(CORS_ORIGINS)),
                new WaggleConfig.Admin(values.of(ADMIN_BIND), values.of(ADMIN_PORT)),
                tls,
                new WaggleConfig.Issuers(
                        values.of(LOCAL_ISSUER),
                        values.of(LOCAL_SUBJECTS) == IssuerSettings.Subjects.RAW,
                        values.of(LOCAL_KEY_LIFE),
                        exchange,
                        issuers),
                accounts,
                new WaggleConfig.ChatLimits(
                        contract(values),
                        new RateLimit(values.of(SENDS_RATE), values.of(SENDS_BURST)),
                        new RateLimit(values.of(SERVICE_SENDS_RATE), values.of(SERVICE_SENDS_BURST)),
                        new RateLimit(values.of(CALLS_RATE), values.of(CALLS_BURST)),
                        new RateLimit(values.of(CONNECTS_RATE), values.of(CONNECTS_BURST)),
                        new MarkLimits(values.of(DELIVERED_MEMBERS), values.of(READ_MEMBERS))),
                GuardSettings.read(values),
                new WaggleConfig.Rights(
                        values.of(ROLES),
                        values.of(TOPIC_RULES),
                        new WaggleConfig.Anonymous(values.of(ANONYMOUS), values.of(ANONYMOUS_BEYOND)),
                        values.of(PRIORITY_ROLES)),
                moderation,
                push,
                values.of(LOG_FORMAT),
                values.of(HOST_PERSISTENCE));
    }

    private static Limits contract(Values values) {
        return new Limits(
                values.of(MESSAGE_BYTES),
                values.of(PROPERTY_BYTES),
                values.of(PACKET_BYTES),
                values.of(RECEIVE_MAXIMUM),
                values.of(TOPIC_BYTES),
                values.of(GROUP_MEMBERS),
                values.of(DEVICES),
                values.of(INBOX_ENTRIES),
                values.of(INBOX_UNSEEN_ENTRIES),
                values.of(INBOX_AGE),
                values.of(CONVERSATIONS),
                values.of(UNKNOWN_USERS) == UnknownUsers.REFUSE,
                values.of(BLOCKED_USERS) == BlockedUsers.REFUSE,
                values.of(SESSION_EXPIRY),
                values.of(KEY_WINDOW),
                values.of(CALL_KEY_WINDOW),
                values.of(WINDOW_MESSAGES),
                values.of(WINDOW_BYTES),
                HistorySettings.read(values));
    }

    static Setting<Double> rate(String path, String fallback, String meaning) {
        return new Setting<>(path, PER_SECOND, fallback, Kind.decimal(0.01, 10_000_000), meaning);
    }

    static Setting<Integer> burst(String path, String fallback, String meaning) {
        return new Setting<>(path, "", fallback, Kind.whole(1, 10_000_000), meaning);
    }
}
