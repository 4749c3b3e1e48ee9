package dev.waggle.auth;

import dev.waggle.spec.Author;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
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
        String issuer,
        long issuedAt,
        long expiresAt,
        String tokenId) {

    /** With a built-in role. */
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
        this(user, device, clientId, agent, role, Role.of(role).name(), issuer, issuedAt, expiresAt, tokenId);
    }

    public Actor actor() {
        return new Actor(new Author(user, agent), device, role);
    }

    /** The same identity on the device that the MQTT client id named. */
    public Identity on(@Nullable DeviceId named) {
        return new Identity(user, named, clientId, agent, role, roleName, issuer, issuedAt, expiresAt, tokenId);
    }
}
