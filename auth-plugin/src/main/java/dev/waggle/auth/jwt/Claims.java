package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.Identity;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.util.List;

/** Reads the claims of a token whose signature was checked (RFC 9068 §2.2, PROTOCOL §1). Total; missing is refused. */
final class Claims {
    /** Only id tokens have these (OpenID Connect Core §2, §3.3.2.11). */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    private static final int MAX_TOKEN_ID = 255;

    private Claims() {}

    static Parsed<VerifiedToken> read(JsonNode claims, TrustedIssuer issuer) {
        for (String name : OF_ID_TOKENS) {
            if (claims.has(name)) {
                return Parsed.bad("an id token is no access token");
            }
        }
        if (!isFor(claims.path("aud"), issuer.audience())) {
            return Parsed.bad("aud must be or contain " + issuer.audience());
        }
        return TokenTimes.read(claims, issuer)
                .then(times -> identity(claims, issuer, times)
                        .then(identity -> Parsed.ok(new VerifiedToken(identity, times))));
    }

    private static Parsed<Identity> identity(JsonNode claims, TrustedIssuer issuer, TokenTimes times) {
        return user(claims.path("sub"), issuer)
                .then(user -> role(claims.path("roles"))
                        .then(role -> tokenId(claims.path("jti"))
                                .then(id -> ClientBinding.read(claims, user)
                                        .then(binding -> Parsed.ok(new Identity(
                                                user,
                                                binding.device(),
                                                binding.clientId(),
                                                null,
                                                role,
                                                times.endMillis(),
                                                id))))));
    }

    private static Parsed<UserId> user(JsonNode sub, TrustedIssuer issuer) {
        if (!sub.isTextual()) {
            return Parsed.bad("sub must be text");
        }
        return UserIds.map(issuer.name(), sub.textValue(), issuer.rawSubjects());
    }

    /** Exactly one: what a second role would add is not said anywhere, so it is not guessed. */
    private static Parsed<Actor.Role> role(JsonNode roles) {
        if (!roles.isArray() || roles.size() != 1 || !roles.get(0).isTextual()) {
            return Parsed.bad("roles must be an array with exactly one of " + RoleName.ALLOWED);
        }
        return RoleName.parse(roles.get(0).textValue());
    }

    /** It goes to logs, so it must not break their lines. */
    private static Parsed<String> tokenId(JsonNode jti) {
        String text = jti.isTextual() ? jti.textValue() : "";
        boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        return printable && !text.isEmpty() && text.length() <= MAX_TOKEN_ID
                ? Parsed.ok(text)
                : Parsed.bad("jti must be 1 to " + MAX_TOKEN_ID + " printable ASCII characters");
    }

    private static boolean isFor(JsonNode aud, String audience) {
        if (aud.isTextual()) {
            return aud.textValue().equals(audience);
        }
        boolean found = false;
        for (JsonNode one : aud) {
            if (!one.isTextual()) {
                return false;
            }
            found |= one.textValue().equals(audience);
        }
        return aud.isArray() && found;
    }
}
