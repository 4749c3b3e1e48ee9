package dev.waggle.auth.jwt;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.waggle.auth.Identity;
import dev.waggle.auth.jwt.keys.SigningKeys;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Date;

/**
 * Any text as a token, and any JSON as the parts of one: nothing throws, nobody is let in without a signature, and with a
 * good signature only if an independent reading of the claims agrees. Two lines are header and claims; all else is a
 * token as it is. The issuers are the local one and one elsewhere.
 */
public final class TokenTarget {
    private static final SigningKeys ELSEWHERE = SigningKeys.p256("e1");
    private static final LocalKeys LOCAL = Keys.local("k1");
    private static final Forge FORGE = new Forge(LOCAL);
    private static final long NOW = Forge.NOW.toEpochMilli();
    private static final byte[] NO_SIGNATURE = new byte[64];
    private static final TokenChecks CHECKS = checks();

    private TokenTarget() {}

    private static TokenChecks checks() {
        IssuerDouble issuer = new IssuerDouble();
        issuer.published = SigningKeys.set(ELSEWHERE);
        TrustedIssuers trusted = new TrustedIssuers.Builder(issuer, Forge.CLOCK, (name, good) -> {})
                .local(LocalIssuer.DEFAULT_NAME, LOCAL, true)
                .external(IssuerDouble.terms())
                .build();
        trusted.tick();
        return new TokenChecks(trusted);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') {
            line++;
        }
        if (line == input.length) {
            unsigned(new String(input, StandardCharsets.ISO_8859_1));
            return;
        }
        byte[] header = Arrays.copyOf(input, line);
        byte[] claims = Arrays.copyOfRange(input, line + 1, input.length);
        String content = Forge.encode(header) + "." + Forge.encode(claims);
        TokenCheck check = unsigned(content + "." + Forge.encode(NO_SIGNATURE));
        if (check instanceof TokenCheck.Bad bad && bad.reason().contains("signature")) {
            // Nothing but the signature was wrong.
            TokenCheck local = CHECKS.check(FORGE.sign(header, claims), NOW, NOW);
            byte[] signed = content.getBytes(StandardCharsets.US_ASCII);
            String other = content + "." + Forge.encode(ELSEWHERE.sign("ES256", signed));
            TokenCheck elsewhere = CHECKS.check(other, NOW, NOW);
            holds(local instanceof TokenCheck.Good != elsewhere instanceof TokenCheck.Good, "one issuer's key");
            agree(local instanceof TokenCheck.Good ? local : elsewhere, other);
        }
    }

    private static TokenCheck unsigned(String token) {
        TokenCheck check = CHECKS.check(token, NOW, NOW);
        holds(!(check instanceof TokenCheck.Good), "let in without a signature");
        if (check instanceof TokenCheck.Bad bad) {
            holds(bad.reason().length() < 300, "a reason that quotes the token");
        }
        return check;
    }

    /** The library's own, lenient reading of the same claims. */
    private static void agree(TokenCheck check, String token) {
        Identity identity = ((TokenCheck.Good) check).token().claims().identity();
        try {
            JWSObject read = JWSObject.parse(token);
            JWTClaimsSet claims = JWTClaimsSet.parse(read.getPayload().toJSONObject());
            boolean raw = LocalIssuer.DEFAULT_NAME.equals(claims.getIssuer());
            holds(identity.issuer().equals(claims.getIssuer()), "iss");
            holds(claims.getAudience().contains(raw ? LocalIssuer.AUDIENCE : "chat"), "aud");
            holds(claims.getExpirationTime().after(new Date(NOW - 30_000)), "exp");
            holds(claims.getIssueTime().before(new Date(NOW + 61_000)), "iat");
            holds(!claims.getSubject().isEmpty(), "sub");
            holds(UserId.parse(identity.user().value()).isOk(), "a user id that is none");
            boolean ours = identity.user().value().equals(claims.getSubject());
            holds(raw || !ours, "a user id from elsewhere");
            DeviceId device = identity.device();
            holds(device == null || device.value().equals(claims.getStringClaim("device_id")), "device");
            holds(read.getHeader().getCriticalParams() == null, "crit");
            holds("ES256".equals(read.getHeader().getAlgorithm().getName()), "alg");
        } catch (ParseException e) {
            throw new AssertionError("taken, but the library cannot read it", e);
        }
    }

    private static void holds(boolean property, String what) {
        if (!property) {
            throw new AssertionError(what);
        }
    }
}
