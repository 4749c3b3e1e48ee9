package dev.waggle.auth;

import dev.waggle.spec.Author;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a verified token speaks for.
 *
 * @param user the user id of the contract, never a raw claim
 * @param device the device the token is bound to or the client id named, or null if there is none (a thing with a fixed
 *     client id)
 * @param clientId the only client id allowed, for tokens with a {@code client_id} claim, or null
 * @param agent the service account acting for the user, or null
 * @param role what the token's role may do in the chat
 * @param roleName the token's role, for ordinary topics
 * @param topics what the token itself says of ordinary topics, which narrows what the rules open; null if it says
 *     nothing of them, empty if they are all closed
 * @param issuer {@code iss}; a token id means something only beside it
 * @param issuedAt {@code iat}, Unix milliseconds, whole seconds
 * @param expiresAt Unix milliseconds
 * @param tokenId {@code jti}, for logs and revocation
 */
public record Identity(
        UserId user,
        @Nullable DeviceId device,
        @Nullable String clientId,
        @Nullable UserId agent,
        Actor.Role role,
        String roleName,
        @Nullable List<TopicGrant> topics,
        String issuer,
        long issuedAt,
        long expiresAt,
        String tokenId) {

    public Identity {
        topics = topics == null ? null : List.copyOf(topics);
    }

    /** With a built-in role, and nothing of topics. */
    public Identity(
            UserId user,
            @Nullable DeviceId device,
            @Nullable String clientId,
            @Nullable UserId agent,
            Actor.Role role,
            String issuer,
            long issuedAt,
            long expiresAt,
            String tokenId) {
        this(user, device, clientId, agent, role, Role.of(role).name(), null, issuer, issuedAt, expiresAt, tokenId);
    }

    /**
     * Who connects without a token. It has no part in the chat, only what rules open to {@link Roles#ANONYMOUS}.
     *
     * @param clientId of the form that {@link ConnectCheck} demands
     * @param network where it comes from: all from there share the limits of one user
     */
    static Identity anonymous(String clientId, String network) {
        // The user id is one that no issuer's subject leads to; nobody is told of it.
        UserId nobody = UserIds.map("waggle:anonymous", network, false).get();
        return new Identity(
                nobody,
                null,
                clientId,
                null,
                Actor.Role.USER,
                Roles.ANONYMOUS,
                null,
                "waggle:anonymous",
                0,
                Long.MAX_VALUE,
                "none");
    }

    /** True if there is no token behind it. */
    public boolean isAnonymous() {
        return roleName.equals(Roles.ANONYMOUS);
    }

    public Actor actor() {
        return new Actor(new Author(user, agent), device, role);
    }

    /** The same identity on the device that the MQTT client id named. */
    public Identity on(@Nullable DeviceId named) {
        return new Identity(user, named, clientId, agent, role, roleName, topics, issuer, issuedAt, expiresAt, tokenId);
    }
}
