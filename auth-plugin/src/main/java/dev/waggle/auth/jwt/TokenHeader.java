package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.jwt.keys.JwkSet;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.spec.Parsed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JOSE header that count. Keys and addresses of keys in the header ({@code jwk}, {@code jku},
 * {@code x5u}, {@code x5c}) are never looked at: a token does not choose who vouches for it.
 *
 * @param keyId null if it names none
 */
record TokenHeader(SignatureAlgorithm algorithm, @Nullable String keyId) {

    static Parsed<TokenHeader> read(JsonNode header, TrustedIssuer issuer) {
        if (header.has("crit") || header.has("b64")) {
            return Parsed.bad("crit and b64 are not supported in the header of a token");
        }
        SignatureAlgorithm algorithm = allowed(header.path("alg"), issuer);
        if (algorithm == null) {
            return Parsed.bad("alg must be one of " + names(issuer));
        }
        JsonNode type = header.path("typ");
        if (!type.isTextual() || !issuer.types().contains(type.textValue().toLowerCase(Locale.ROOT))) {
            return Parsed.bad("typ must be one of " + issuer.types() + ": an access token");
        }
        JsonNode keyId = header.path("kid");
        if (keyId.isMissingNode()) {
            return Parsed.ok(new TokenHeader(algorithm, null));
        }
        if (!keyId.isTextual()
                || keyId.textValue().isEmpty()
                || keyId.textValue().length() > JwkSet.MAX_KEY_ID) {
            return Parsed.bad("kid must be text of 1 to " + JwkSet.MAX_KEY_ID + " characters");
        }
        return Parsed.ok(new TokenHeader(algorithm, keyId.textValue()));
    }

    private static String names(TrustedIssuer issuer) {
        return issuer.algorithms().stream()
                .map(SignatureAlgorithm::joseName)
                .sorted()
                .toList()
                .toString();
    }

    private static @Nullable SignatureAlgorithm allowed(JsonNode alg, TrustedIssuer issuer) {
        for (SignatureAlgorithm candidate : issuer.algorithms()) {
            if (alg.isTextual() && candidate.joseName().equals(alg.textValue())) {
                return candidate;
            }
        }
        return null;
    }
}
