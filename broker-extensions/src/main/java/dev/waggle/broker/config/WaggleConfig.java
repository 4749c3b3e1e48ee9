package dev.waggle.broker.config;

import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.IdTokenIssuer;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.broker.marks.MarkLimits;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.tls.TlsFiles;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.spec.Limits;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything the program was told. Immutable; made by {@link ConfigReader}, or by hand in tests. The keys, units and
 * ranges are those of {@link Settings}.
 *
 * @param data the data directory, absolute
 * @param listeners where MQTT clients come in
 * @param http the public HTTP door
 * @param admin the operators' HTTP door
 * @param tls the doors with TLS, or null for none
 * @param issuers whose tokens are taken
 * @param accounts who may make an account of the local issuer
 * @param limits what one client, user or group may do
 * @param guards what keeps one client from taking the place of others
 * @param rights roles, and what they may do with topics outside {@code u/}
 * @param moderation what is done about messages that others should not have to see
 * @param push how sleeping devices are woken
 * @param logFormat how a log record looks
 * @param hostPersistence where retained and queued messages of ordinary topics live
 */
public record WaggleConfig(
        Path data,
        Listeners listeners,
        Http http,
        Admin admin,
        @Nullable Tls tls,
        Issuers issuers,
        Accounts accounts,
        ChatLimits limits,
        GuardLimits guards,
        Rights rights,
        Moderation moderation,
        PushConfig push,
        LogFormat logFormat,
        HostPersistence hostPersistence) {

    /** The MQTT listeners; WebSocket is at {@code /mqtt}. Port 0: any free one. */
    public record Listeners(String bind, int mqttPort, int wsPort) {}

    /**
     * @param bind address; the listeners' own unless it was set
     * @param plain true: HTTP without TLS may be heard beyond this machine
     * @param corsOrigins origins whose pages may call, or {@code *}; empty: none
     */
    public record Http(String bind, int port, boolean plain, List<String> corsOrigins) {}

    /**
     * @param local true: the local issuer is one of them
     * @param localRaw true: its subjects are user ids
     * @param keyLife how long a key of the local issuer signs
     * @param exchange providers whose users log in at the local issuer
     * @param external the others, each name once, at most one of all raw
     */
    public record Issuers(
            boolean local,
            boolean localRaw,
            Duration keyLife,
            List<IdTokenIssuer> exchange,
            List<ExternalIssuer> external) {
        /** With keys of the usual life, and no providers. */
        public Issuers(boolean local, boolean localRaw, List<ExternalIssuer> external) {
            this(local, localRaw, Duration.ofDays(90), List.of(), external);
        }

        /** Accounts are user ids, so there are none where the local issuer's subjects are not. */
        public boolean hasAccounts() {
            return local && localRaw;
        }
    }

    /**
     * @param inviteFile with a code that admits without end; null for none
     * @param openAsked true: it was said on the command line, so it may be open to the world
     */
    public record Accounts(
            RegistrationBy registration, @Nullable Path inviteFile, boolean openAsked) {}

    /** Who may make an account over HTTP. */
    public enum RegistrationBy {
        CLOSED,
        INVITE,
        OPEN
    }

    public record Admin(String bind, int port) {}

    /**
     * @param files of the operator
     * @param clientCertificateRequired true: an MQTT client without one is not let in
     * @param bind address of the doors with TLS
     */
    public record Tls(
            TlsFiles files, boolean clientCertificateRequired, String bind, int mqttPort, int wsPort, int httpPort) {}

    /**
     * @param contract the limits that the topic contract names
     * @param sends messages of one user
     * @param serviceSends messages of one user with the role {@code service}
     * @param calls requests of one user
     * @param connects new MQTT connections from one address
     * @param marks up to which size of a group marks are told
     */
    public record ChatLimits(
            Limits contract,
            RateLimit sends,
            RateLimit serviceSends,
            RateLimit calls,
            RateLimit connects,
            MarkLimits marks) {}

    /**
     * @param connections of one user at a time
     * @param serviceConnections of one user with the role {@code service}
     * @param deviceConnects new connections of one device
     * @param ordinary publishes of one user outside {@code u/}
     * @param filters SUBSCRIBE and UNSUBSCRIBE of one user
     * @param bans when an address is banned, and for how long
     */
    public record GuardLimits(
            int connections,
            int serviceConnections,
            RateLimit deviceConnects,
            RateLimit ordinary,
            RateLimit filters,
            BanLadder.Terms bans) {}

    /**
     * @param roles that tokens may name
     * @param topicRules for topics outside {@code u/}
     * @param anonymous whether clients without a token are let in
     * @param hurried roles whose messages may have priority
     */
    public record Rights(Roles roles, List<TopicRule> topicRules, Anonymous anonymous, Set<Actor.Role> hurried) {
        /** Nobody's messages may have priority. */
        public Rights(Roles roles, List<TopicRule> topicRules, Anonymous anonymous) {
            this(roles, topicRules, anonymous, Set.of());
        }

        public Rights {
            hurried = Set.copyOf(hurried);
        }
    }

    /**
     * @param openReports that wait for a moderator at a time
     * @param terms what is looked at, and by which rules
     * @param hook who else is asked, or null
     */
    public record Moderation(
            int openReports,
            Screening.Terms terms,
            @Nullable Hook hook) {}

    /**
     * @param secret signs the questions
     * @param timeout of one question
     * @param refuses true: a message that is not judged is not stored
     */
    public record Hook(WebhookUrl url, Secret secret, Duration timeout, boolean refuses) {}

    /** @param beyondLoopback true: also where MQTT is heard beyond this machine */
    public record Anonymous(boolean enabled, boolean beyondLoopback) {
        public static final Anonymous NOBODY = new Anonymous(false, false);
    }

    /** What who was blocked hears when it writes. */
    public enum BlockedUsers {
        SILENCE,
        REFUSE
    }

    public enum UnknownUsers {
        ACCEPT,
        REFUSE
    }

    public enum LogFormat {
        TEXT,
        JSON
    }

    public enum HostPersistence {
        MEMORY,
        FILE
    }

    /** The defaults on free ports of the loopback address: for tests, and for the demonstration. */
    public static WaggleConfig onFreePorts(Path data) {
        return Settings.defaults(data).with(copy -> {
            copy.data = data.toAbsolutePath().normalize();
            copy.listeners = new Listeners(copy.listeners.bind(), 0, 0);
            copy.http = new Http(copy.http.bind(), 0, copy.http.plain(), copy.http.corsOrigins());
            copy.admin = new Admin(copy.admin.bind(), 0);
        });
    }

    /** Where the store is. */
    public Path store() {
        return data.resolve("store");
    }

    public WaggleConfig withLimits(ChatLimits other) {
        return with(copy -> copy.limits = other);
    }

    public WaggleConfig withGuards(GuardLimits other) {
        return with(copy -> copy.guards = other);
    }

    public WaggleConfig withTls(Tls other) {
        return with(copy -> copy.tls = other);
    }

    public WaggleConfig withIssuers(Issuers other) {
        return with(copy -> copy.issuers = other);
    }

    public WaggleConfig withAccounts(Accounts other) {
        return with(copy -> copy.accounts = other);
    }

    public WaggleConfig withRights(Rights other) {
        return with(copy -> copy.rights = other);
    }

    public WaggleConfig withModeration(Moderation other) {
        return with(copy -> copy.moderation = other);
    }

    public WaggleConfig withPush(PushConfig other) {
        return with(copy -> copy.push = other);
    }

    public WaggleConfig withHostPersistence(HostPersistence other) {
        return with(copy -> copy.hostPersistence = other);
    }

    public WaggleConfig withTopicRules(List<TopicRule> other) {
        return withRights(new Rights(rights.roles(), other, rights.anonymous(), rights.hurried()));
    }

    private WaggleConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.done();
    }

    /** A configuration that is being changed. */
    private static final class Copy {
        private Path data;
        private Listeners listeners;
        private Http http;
        private Admin admin;
        private WaggleConfig.@Nullable Tls tls;
        private Issuers issuers;
        private Accounts accounts;
        private ChatLimits limits;
        private GuardLimits guards;
        private Rights rights;
        private Moderation moderation;
        private PushConfig push;
        private LogFormat logFormat;
        private HostPersistence hostPersistence;

        Copy(WaggleConfig from) {
            data = from.data;
            listeners = from.listeners;
            http = from.http;
            admin = from.admin;
            tls = from.tls;
            issuers = from.issuers;
            accounts = from.accounts;
            limits = from.limits;
            guards = from.guards;
            rights = from.rights;
            moderation = from.moderation;
            push = from.push;
            logFormat = from.logFormat;
            hostPersistence = from.hostPersistence;
        }

        WaggleConfig done() {
            return new WaggleConfig(
                    data,
                    listeners,
                    http,
                    admin,
                    tls,
                    issuers,
                    accounts,
                    limits,
                    guards,
                    rights,
                    moderation,
                    push,
                    logFormat,
                    hostPersistence);
        }
    }
}
