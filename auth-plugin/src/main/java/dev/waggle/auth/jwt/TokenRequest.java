package dev.waggle.auth.jwt;

import dev.waggle.auth.Role;
import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicList;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a token of the local issuer is to say.
 *
 * @param subject {@code sub}: well-formed text of 1 to 255 bytes in UTF-8 without control characters (so that no token
 *     gets longer than the 2,000 characters of the contract); the user id itself if it has that form (see
 *     {@link #of})
 * @param device the only device that may use the token, or null for any device of the user
 * @param role the only entry of {@code roles}
 * @param lifetime 1 s to 30 days
 * @param agent the service account that acts for the user, or null; only with a role based on {@code service}
 * @param topics narrows its rights to ordinary topics to these; null: it has those of its role
 * @param derived true: the subject is a user id that was derived from issuer and subject of a provider's id token
 */
public record TokenRequest(
        String subject,
        @Nullable DeviceId device,
        Role role,
        Duration lifetime,
        @Nullable UserId agent,
        @Nullable List<TopicGrant> topics,
        boolean derived) {

    public TokenRequest {
        if (derived && !UserIds.isMapped(subject)) {
            throw new IllegalArgumentException("no derived user id");
        }
        UserIds.map(LocalIssuer.DEFAULT_NAME, subject, true).fold(Function.identity(), reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("sub must not have control characters");
        }
        if (!TokenLifetime.isAllowed(lifetime)) {
            throw new IllegalArgumentException(TokenLifetime.ALLOWED);
        }
        if (agent != null && role.base() != Actor.Role.SERVICE) {
            throw new IllegalArgumentException(AGENT_ROLE);
        }
        if (topics != null) {
            topics = TopicList.parse(topics.stream().map(TopicGrant::text).toList())
                    .fold(Function.identity(), reason -> {
                        throw new IllegalArgumentException(reason);
                    });
        }
    }

    /** With a built-in role. */
    public TokenRequest(String subject, @Nullable DeviceId device, Actor.Role role, Duration lifetime) {
        this(subject, device, Role.of(role), lifetime, null, null, false);
    }

    /**
     * A token for exactly this user, with a built-in role.
     *
     * @throws IllegalArgumentException also for an id that has the form of a derived one: only another issuer's subject
     *     leads to it
     */
    public static TokenRequest of(UserId user, @Nullable DeviceId device, Actor.Role role, Duration lifetime) {
        return of(user, device, Role.of(role), lifetime);
    }

    private static TokenRequest of(UserId user, @Nullable DeviceId device, Role role, Duration lifetime) {
        if (UserIds.isMapped(user.value())) {
            throw new IllegalArgumentException(DERIVED);
        }
        return new TokenRequest(user.value(), device, role, lifetime, null, null, false);
    }

    /** The same token, but for these ordinary topics at most; {@link TopicList} says how many. */
    public TokenRequest withTopics(List<TopicGrant> only) {
        return new TokenRequest(subject, device, role, lifetime, agent, only, derived);
    }

    /** The same token, but used by a service account for the user. */
    public Parsed<TokenRequest> actedBy(UserId other) {
        if (role.base() != Actor.Role.SERVICE) {
            return Parsed.bad(AGENT_ROLE);
        }
        return other.value().equals(subject) || UserIds.isMapped(other.value())
                ? Parsed.bad("the agent must be another user of the local issuer")
                : Parsed.ok(new TokenRequest(subject, device, role, lifetime, other, topics, derived));
    }

    private static final String AGENT_ROLE = "who acts for a user has the role service, or one that is based on it";

    /** A token for the user of an account: also of one that came through a provider. */
    public static TokenRequest ofAccount(UserId user, @Nullable DeviceId device, Role role, Duration lifetime) {
        return new TokenRequest(user.value(), device, role, lifetime, null, null, UserIds.isMapped(user.value()));
    }

    /** Reads what was typed on a command line, with a built-in role; never throws. */
    public static Parsed<TokenRequest> parse(String user, @Nullable String device, String role, String lifetime) {
        return parse(user, device, role, lifetime, Roles.BUILT_IN);
    }

    /** With one of these roles. */
    public static Parsed<TokenRequest> parse(
            String user, @Nullable String device, String role, String lifetime, Roles roles) {
        if (UserIds.isMapped(user)) {
            return Parsed.bad(DERIVED);
        }
        return UserId.parse(user)
                .then(id -> parseDevice(device)
                        .then(known -> roles.parse(role)
                                .then(right -> TokenLifetime.parse(lifetime)
                                        .then(time -> Parsed.ok(of(id, known.device(), right, time))))));
    }

    private static final String DERIVED =
            "user ids of x and 26 characters of [a-z2-7] belong to other issuers; the local one cannot speak for them";

    /** A device or none: {@link Parsed} holds no null. */
    private record MaybeDevice(@Nullable DeviceId device) {}

    private static Parsed<MaybeDevice> parseDevice(@Nullable String text) {
        return text == null
                ? Parsed.ok(new MaybeDevice(null))
                : DeviceId.parse(text).then(id -> Parsed.ok(new MaybeDevice(id)));
    }
}
