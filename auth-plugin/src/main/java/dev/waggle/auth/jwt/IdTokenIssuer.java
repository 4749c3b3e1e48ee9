package dev.waggle.auth.jwt;

import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose id tokens (OpenID Connect Core §2) log its users in at the local issuer. Immutable.
 *
 * @param name {@code iss}; with the subject it makes the user id
 * @param clientIds ours at the provider: {@code aud} must be one of them; not empty
 * @param jwksUri where its keys are published; null: its metadata say so
 * @param algorithms allowed {@code alg}, whatever keys the provider has; not empty
 * @param nonceNeeded true: a token without a nonce is refused
 */
public record IdTokenIssuer(
        String name,
        Set<String> clientIds,
        @Nullable URI jwksUri,
        Set<SignatureAlgorithm> algorithms,
        boolean nonceNeeded) {
    private static final String GOOGLE = "https://accounts.google.com";
    private static final String GOOGLE_SHORT = "accounts.google.com";

    public IdTokenIssuer {
        clientIds = Set.copyOf(clientIds);
        algorithms = Set.copyOf(algorithms);
    }

    /** Exactly, but for Google, which names itself in two ways. */
    boolean isNamed(String iss) {
        return name.equals(iss) || name.equals(GOOGLE) && iss.equals(GOOGLE_SHORT);
    }
}
