package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.jwt.keys.JwkSet;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.UserIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an id token must say (OpenID Connect Core §3.1.3.7) before its signature is checked. An e-mail address in it is
 * never looked at: it may change hands. Total; reasons never quote the token.
 */
final class IdTokenRules {
    /** A log-in is of now. */
    static final long MAX_AGE = 600;

    private static final long AHEAD = 60;
    private static final long LATENESS = 30;
    private static final long LAST = 253_402_300_799L;

    /** Access tokens are none, whatever else they say. */
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt");

    private IdTokenRules() {}

    /**
     * @param issued {@code iat}, Unix seconds
     */
    record Read(
            UserId user,
            SignatureAlgorithm algorithm,
            @Nullable String keyId,
            long issued) {}

    /**
     * @param nonce that the app sent to the provider, or null
     * @param now Unix seconds
     */
    static Parsed<Read> read(CompactToken token, IdTokenIssuer issuer, @Nullable String nonce, long now) {
        JsonNode claims = token.claims();
        String wrong = addressee(claims, issuer);
        wrong = wrong == null ? time(claims, now) : wrong;
        wrong = wrong == null ? nonce(claims.path("nonce"), issuer, nonce) : wrong;
        if (wrong != null) {
            return Parsed.bad(wrong);
        }
        JsonNode subject = claims.path("sub");
        if (!subject.isTextual()) {
            return Parsed.bad("sub must be text");
        }
        return UserIds.map(issuer.name(), subject.textValue(), false)
                .then(user ->
                        header(token.header(), issuer, user, claims.path("iat").longValue()));
    }

    private static Parsed<Read> header(JsonNode header, IdTokenIssuer issuer, UserId user, long issued) {
        if (header.has("crit") || header.has("b64")) {
            return Parsed.bad("crit and b64 are not supported in the header");
        }
        JsonNode type = header.path("typ");
        boolean typed = type.isMissingNode()
                || type.isTextual() && TYPES.contains(type.textValue().toLowerCase(Locale.ROOT));
        if (!typed) {
            return Parsed.bad("typ must be JWT or absent: an id token");
        }
        JsonNode keyId = header.path("kid");
        if (!keyId.isMissingNode() && (!keyId.isTextual() || keyId.textValue().length() > JwkSet.MAX_KEY_ID)) {
            return Parsed.bad("kid must be text of at most " + JwkSet.MAX_KEY_ID + " characters");
        }
        for (SignatureAlgorithm allowed : issuer.algorithms()) {
            if (header.path("alg").isTextual()
                    && allowed.joseName().equals(header.path("alg").textValue())) {
                return Parsed.ok(new Read(user, allowed, keyId.textValue(), issued));
            }
        }
        return Parsed.bad("alg is not one of those that are allowed for this provider");
    }

    /** Of several audiences all must be ours, and the one to which it was issued. */
    private static @Nullable String addressee(JsonNode claims, IdTokenIssuer issuer) {
        JsonNode aud = claims.path("aud");
        Set<String> ours = issuer.clientIds();
        if (aud.isTextual()) {
            return ours.contains(aud.textValue()) ? null : "aud is no client id of ours";
        }
        for (JsonNode one : aud) {
            if (!one.isTextual() || !ours.contains(one.textValue())) {
                return "aud has another client id than ours";
            }
        }
        if (!aud.isArray() || aud.isEmpty()) {
            return "aud must be a client id or a list of them";
        }
        JsonNode party = claims.path("azp");
        boolean ourParty = party.isTextual() && ours.contains(party.textValue());
        return aud.size() == 1 || ourParty ? null : "with several aud, azp must be a client id of ours";
    }

    private static @Nullable String time(JsonNode claims, long now) {
        if (!isDate(claims.path("exp")) || !isDate(claims.path("iat"))) {
            return "exp and iat must be there, whole numbers of seconds";
        }
        long issued = claims.path("iat").longValue();
        if (claims.path("exp").longValue() + LATENESS <= now) {
            return "it has expired";
        }
        if (claims.has("nbf")
                && (!isDate(claims.path("nbf")) || claims.path("nbf").longValue() > now + AHEAD)) {
            return "it is not valid yet";
        }
        if (issued > now + AHEAD) {
            return "it was issued in the future";
        }
        return issued + MAX_AGE < now ? "it is older than " + MAX_AGE / 60 + " minutes: sign in again" : null;
    }

    private static boolean isDate(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0 && node.longValue() <= LAST;
    }

    /** Apple's and Firebase's way is to send its SHA-256 to the provider and the nonce itself to us. */
    private static @Nullable String nonce(JsonNode claim, IdTokenIssuer issuer, @Nullable String sent) {
        if (claim.isMissingNode() && sent == null) {
            return issuer.nonceNeeded() ? "nonce is needed, in the request and in the token" : null;
        }
        if (!claim.isTextual() || sent == null) {
            return "nonce must be in the request and in the token";
        }
        boolean same = isSame(claim.textValue(), sent) || isSame(claim.textValue(), sha256(sent));
        return same ? null : "nonce is not the one of the request, nor its SHA-256 in lower-case hexadecimal";
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
