package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Identity;
import dev.waggle.auth.Role;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import dev.waggle.spec.message.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of a token (RFC 9068 §2.2, PROTOCOL §1), which mean nothing until its signature is checked: that costs
 * more, and may ask the issuer for keys, so it comes last. Total; missing is refused.
 */
final class Claims {
    /** Only id tokens have these (OpenID Connect Core §2, §3.3.2.11). */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    /** Which no id token has; {@code azp} is in both. */
    private static final List<String> OF_ACCESS_TOKENS = List.of("scope", "scp", "client_id");

    /** In tokens of the local issuer for users who logged in through a provider. */
    static final String DERIVED = "derived";

    private static final int MAX_TOKEN_ID = 255;

    private Claims() {}

    static Parsed<TokenClaims> read(JsonNode claims, TrustedIssuer issuer) {
        // Keycloak says the kind in a claim of its own.
        if (OF_ID_TOKENS.stream().anyMatch(claims::has)
                || claims.path("typ").asText().equals("ID")) {
            return Parsed.bad("an id token is no access token");
        }
        if (!isFor(claims.path("aud"), issuer.audience())) {
            return Parsed.bad("aud must be or contain " + issuer.audience());
        }
        if (issuer.claims().marked() && OF_ACCESS_TOKENS.stream().noneMatch(claims::has)) {
            return Parsed.bad("an access token of this issuer must have one of " + OF_ACCESS_TOKENS);
        }
        return TokenTimes.read(claims, issuer)
                .then(times -> identity(claims, issuer, times)
                        .then(identity -> confirmation(claims.path("cnf"))
                                .then(bound -> Parsed.ok(new TokenClaims(identity, times, bound.certificate())))));
    }

    /** {@link Parsed} holds no null. */
    private record Bound(@Nullable CertificateDigest certificate) {}

    /** A proof that nobody checks here is none (RFC 7800 §3.1): a token that asks for another kind is refused. */
    private static Parsed<Bound> confirmation(JsonNode cnf) {
        if (cnf.isMissingNode()) {
            return Parsed.ok(new Bound(null));
        }
        JsonNode thumbprint = cnf.path("x5t#S256");
        return cnf.isObject() && cnf.size() == 1 && thumbprint.isTextual()
                ? CertificateDigest.parse(thumbprint.textValue()).then(digest -> Parsed.ok(new Bound(digest)))
                : Parsed.bad("cnf must be an object with x5t#S256 and nothing else");
    }

    private static Parsed<Identity> identity(JsonNode claims, TrustedIssuer issuer, TokenTimes times) {
        ClaimRules rules = issuer.claims();
        return user(claims, issuer)
                .then(user -> role(claims, rules)
                        .then(role -> ActClaim.read(claims, issuer, user, role)
                                .then(act -> tokenId(claims.path("jti"), rules, user, times)
                                        .then(id -> ClientBinding.read(claims, rules, user)
                                                .then(binding -> Parsed.ok(new Identity(
                                                        user,
                                                        binding.device(),
                                                        binding.clientId(),
                                                        act.agent(),
                                                        role.base(),
                                                        role.name(),
                                                        TopicsClaim.read(claims, rules),
                                                        issuer.name(),
                                                        times.issued() * 1000,
                                                        times.endMillis(),
                                                        id)))))));
    }

    private static Parsed<UserId> user(JsonNode claims, TrustedIssuer issuer) {
        JsonNode subject = claims.path(issuer.claims().user());
        if (!subject.isTextual()) {
            return Parsed.bad(issuer.claims().user() + " must be text");
        }
        if (issuer.claims().derivedUsers() && claims.has(DERIVED)) {
            // It was derived from issuer and subject at the log-in, so it is not derived once more.
            boolean derived = claims.path(DERIVED).isBoolean()
                    && claims.path(DERIVED).booleanValue()
                    && UserIds.isMapped(subject.textValue());
            return derived
                    ? UserId.parse(subject.textValue())
                    : Parsed.bad(DERIVED + " goes with a subject of x and 26 characters of [a-z2-7]");
        }
        return UserIds.map(issuer.name(), subject.textValue(), issuer.rawSubjects());
    }

    /** Exactly one: what a second role would add is not said anywhere, so it is not guessed. */
    private static Parsed<Role> role(JsonNode claims, ClaimRules rules) {
        String name = rules.role();
        if (name == null) {
            return Parsed.ok(Role.of(Actor.Role.USER));
        }
        JsonNode roles = claims.path(name);
        if (!roles.isArray() || roles.size() != 1 || !roles.get(0).isTextual()) {
            return Parsed.bad(name + " must be an array with exactly one of "
                    + rules.roles().names());
        }
        return rules.roles().parse(roles.get(0).textValue());
    }

    /** It goes to logs, so it must not break their lines. Without one, user and second name the token as well as can be. */
    private static Parsed<String> tokenId(JsonNode jti, ClaimRules rules, UserId user, TokenTimes times) {
        if (jti.isMissingNode() && !rules.tokenIdNeeded()) {
            return Parsed.ok("iat:" + times.issued() + ":" + user);
        }
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
