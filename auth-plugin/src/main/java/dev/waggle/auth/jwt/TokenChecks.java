package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.jwt.keys.KeyLookup;
import dev.waggle.auth.jwt.keys.KeyRequest;
import dev.waggle.auth.jwt.keys.VerificationKey;
import dev.waggle.spec.Parsed;

/**
 * Every check of a token, cheapest first. The issuer is chosen by the exact text of {@code iss}; the header only says
 * which of the issuer's keys to try. The key comes last, so that only a token with nothing else wrong makes the issuer's
 * keys be fetched. Reasons never quote the token.
 */
final class TokenChecks {
    private final TrustedIssuers issuers;

    TokenChecks(TrustedIssuers issuers) {
        this.issuers = issuers;
    }

    /** What is known before the signature is checked. */
    private record Unproven(CompactToken token, TrustedIssuer issuer, TokenHeader header, TokenClaims claims) {}

    /**
     * Never blocks, never throws for a bad token.
     *
     * @param arrivedAt when the token came, Unix milliseconds
     * @param now Unix milliseconds
     */
    TokenCheck check(String text, long arrivedAt, long now) {
        return read(text).fold(unproven -> prove(unproven, arrivedAt, now), TokenCheck.Bad::new);
    }

    private Parsed<Unproven> read(String text) {
        return CompactToken.parse(text).then(token -> {
            JsonNode name = token.claims().path("iss");
            TrustedIssuer issuer = name.isTextual() ? issuers.find(name.textValue()) : null;
            if (issuer == null) {
                return Parsed.bad("iss names no issuer that this broker trusts");
            }
            if (text.length() > issuer.maxLength()) {
                return Parsed.bad("a token of this issuer is at most " + issuer.maxLength() + " characters");
            }
            return TokenHeader.read(token.header(), issuer)
                    .then(header -> Claims.read(token.claims(), issuer)
                            .then(claims -> Parsed.ok(new Unproven(token, issuer, header, claims))));
        });
    }

    private static TokenCheck prove(Unproven unproven, long arrivedAt, long now) {
        TokenTimes times = unproven.claims().times();
        String wrong = times.wrongAt(now);
        if (wrong != null) {
            return new TokenCheck.Bad(wrong, true);
        }
        TokenHeader header = unproven.header();
        KeyLookup lookup = unproven.issuer()
                .keys()
                .find(new KeyRequest(header.algorithm(), header.keyId(), times.issued(), arrivedAt));
        if (lookup instanceof KeyLookup.Found found) {
            return signature(unproven, found.key());
        }
        if (lookup instanceof KeyLookup.Coming coming) {
            return new TokenCheck.Later(coming.fetched());
        }
        return lookup instanceof KeyLookup.Unavailable missing
                ? new TokenCheck.Unavailable(missing.reason())
                : new TokenCheck.Bad("kid names no key of the issuer for this alg");
    }

    private static TokenCheck signature(Unproven unproven, VerificationKey key) {
        CompactToken token = unproven.token();
        return key.matches(unproven.header().algorithm(), token.signed(), token.signature())
                ? new TokenCheck.Good(
                        new VerifiedToken(unproven.claims(), unproven.issuer().keys(), unproven.header(), key))
                : new TokenCheck.Bad("the signature of the token is wrong");
    }
}
