package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.waggle.spec.Parsed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JOSE header that count. Keys and addresses of keys in the header ({@code jwk}, {@code jku},
 * {@code x5u}, {@code x5c}) are never looked at: a token does not choose who vouches for it.
 */
record TokenHeader(JWSAlgorithm algorithm, String keyId) {
    private static final int MAX_KEY_ID = 128;

    static Parsed<TokenHeader> read(JsonNode header, TrustedIssuer issuer) {
        if (header.has("crit") || header.has("b64")) {
            return Parsed.bad("crit and b64 are not supported in the header of a token");
        }
        JWSAlgorithm algorithm = allowed(header.path("alg"), issuer);
        if (algorithm == null) {
            return Parsed.bad("alg must be one of " + issuer.algorithms());
        }
        JsonNode type = header.path("typ");
        if (!type.isTextual() || !issuer.types().contains(type.textValue().toLowerCase(Locale.ROOT))) {
            return Parsed.bad("typ must be one of " + issuer.types() + ": an access token");
        }
        JsonNode keyId = header.path("kid");
        if (!keyId.isTextual()
                || keyId.textValue().isEmpty()
                || keyId.textValue().length() > MAX_KEY_ID) {
            return Parsed.bad("kid must be text of 1 to " + MAX_KEY_ID + " characters");
        }
        return Parsed.ok(new TokenHeader(algorithm, keyId.textValue()));
    }

    private static @Nullable JWSAlgorithm allowed(JsonNode alg, TrustedIssuer issuer) {
        for (JWSAlgorithm candidate : issuer.algorithms()) {
            if (alg.isTextual() && candidate.getName().equals(alg.textValue())) {
                return candidate;
            }
        }
        return null;
    }
}
