package dev.waggle.auth.jwt;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.keys.Documents;
import dev.waggle.auth.jwt.keys.KeyDownload;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OIDC or OAuth 2 issuer that the configuration trusts. Immutable.
 *
 * @param name {@code iss}, compared exactly; text of 1 to 255 printable ASCII characters
 * @param audience must be {@code aud} or one of its entries
 * @param jwksUri where its keys are published; null: its metadata say so (OpenID Connect Discovery)
 * @param type the {@code typ} of its access tokens
 * @param algorithms allowed {@code alg}, whatever keys the issuer has; not empty
 * @param userClaim names the user
 * @param deviceClaim names the device
 * @param roleClaim holds exactly one role; null: all its users are plain users
 * @param rawSubjects true for at most one issuer of all: a subject that has the form of a user id is the user id
 * @param longestLife of a token, from {@code iat} to {@code exp}
 * @param outage how long its keys serve after they were last fetched
 * @param topicsClaim narrows the rights to ordinary topics, and a token without it has none; null: tokens say nothing of
 *     them
 */
public record ExternalIssuer(
        String name,
        String audience,
        @Nullable URI jwksUri,
        Type type,
        Set<SignatureAlgorithm> algorithms,
        String userClaim,
        String deviceClaim,
        @Nullable String roleClaim,
        boolean rawSubjects,
        Duration longestLife,
        Duration outage,
        @Nullable String topicsClaim) {

    /** {@code typ}. */
    public enum Type {
        /** {@code at+jwt} (RFC 9068), short or as {@code application/at+jwt}. */
        ACCESS_TOKEN,
        /** {@code JWT}, which id tokens have as well: then {@code scope}, {@code scp} or {@code client_id} must be there. */
        JWT
    }

    public ExternalIssuer {
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * The way to its keys.
     *
     * @throws IllegalArgumentException if there is no {@code jwksUri} and the name is no address
     */
    public KeyDownload keys(Documents documents) {
        return KeyDownload.of(name, jwksUri, documents);
    }

    ClaimRules claims(Roles roles) {
        return new ClaimRules(
                userClaim, deviceClaim, roleClaim, roles, topicsClaim, true, false, false, false, type == Type.JWT);
    }

    Set<String> types() {
        return type == Type.JWT
                ? Set.of("jwt", "application/jwt")
                : Set.of(TrustedIssuer.ACCESS_TOKEN, TrustedIssuer.ACCESS_TOKEN_LONG);
    }
}
