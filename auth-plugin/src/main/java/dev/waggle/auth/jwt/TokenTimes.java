package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.spec.Parsed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a token is good. Unix seconds.
 *
 * @param issued {@code iat}
 * @param notBefore {@code nbf}, or {@code iat} if there is none
 * @param expires {@code exp}
 * @param lateness seconds after {@code expires} for which it is still taken
 */
record TokenTimes(long issued, long notBefore, long expires, long lateness) {
    /** How far the issuer's clock may be ahead of ours, seconds. */
    static final long AHEAD = 60;

    /** 9999-12-31: later dates do not fit into calendars. */
    private static final long LAST = 253_402_300_799L;

    static Parsed<TokenTimes> read(JsonNode claims, TrustedIssuer issuer) {
        if (!isDate(claims.path("exp")) || !isDate(claims.path("iat"))) {
            return Parsed.bad("exp and iat must be there, whole numbers of seconds");
        }
        if (claims.has("nbf") && !isDate(claims.path("nbf"))) {
            return Parsed.bad("nbf must be a whole number of seconds");
        }
        long issued = claims.path("iat").longValue();
        long expires = claims.path("exp").longValue();
        Duration longest = issuer.longestLife();
        if (expires <= issued || expires - issued > longest.toSeconds()) {
            return Parsed.bad("exp must be after iat, by at most " + longest.toSeconds() + " s");
        }
        long notBefore = claims.has("nbf") ? claims.path("nbf").longValue() : issued;
        return Parsed.ok(
                new TokenTimes(issued, notBefore, expires, issuer.lateness().toSeconds()));
    }

    /** What is wrong with the token at this time (Unix milliseconds), or null. */
    @Nullable
    String wrongAt(long nowMillis) {
        if (nowMillis >= endMillis()) {
            return "the token has expired";
        }
        long latest = Math.floorDiv(nowMillis, 1000L) + AHEAD;
        if (issued > latest) {
            return "the token was issued in the future: iat may be at most " + AHEAD + " s ahead";
        }
        return notBefore > latest ? "the token is not valid yet: nbf may be at most " + AHEAD + " s ahead" : null;
    }

    /** The first moment at which it is no longer taken, Unix milliseconds. */
    long endMillis() {
        return (expires + lateness) * 1000;
    }

    private static boolean isDate(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0 && node.longValue() <= LAST;
    }
}
