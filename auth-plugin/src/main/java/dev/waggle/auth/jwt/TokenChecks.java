package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import dev.waggle.spec.Parsed;
import java.util.Map;

/**
 * Every check of a token that does not depend on the time, cheapest first. The issuer is chosen by the exact text of
 * {@code iss}; the header only says which of the issuer's keys to try. Reasons never quote the token.
 */
final class TokenChecks {
    private final Map<String, TrustedIssuer> issuers;

    /** @param issuers by name */
    TokenChecks(Map<String, TrustedIssuer> issuers) {
        this.issuers = Map.copyOf(issuers);
    }

    Parsed<VerifiedToken> check(String text) {
        return CompactToken.parse(text).then(token -> {
            JsonNode name = token.claims().path("iss");
            TrustedIssuer issuer = name.isTextual() ? issuers.get(name.textValue()) : null;
            if (issuer == null) {
                return Parsed.bad("iss names no issuer that this broker trusts");
            }
            if (text.length() > issuer.maxLength()) {
                return Parsed.bad("a token of this issuer is at most " + issuer.maxLength() + " characters");
            }
            return TokenHeader.read(token.header(), issuer)
                    .then(header -> signature(token, header, issuer))
                    .then(good -> Claims.read(good.claims(), issuer));
        });
    }

    private static Parsed<CompactToken> signature(CompactToken token, TokenHeader header, TrustedIssuer issuer) {
        JWSVerifier verifier = issuer.keys().find(header.algorithm(), header.keyId());
        if (verifier == null) {
            return Parsed.bad("kid names no key of the issuer");
        }
        try {
            // A header of our own: what else the token's header says must not reach the library.
            return verifier.verify(new JWSHeader(header.algorithm()), token.signed(), token.signature())
                    ? Parsed.ok(token)
                    : Parsed.bad("the signature of the token is wrong");
        } catch (JOSEException e) {
            return Parsed.bad("the signature of the token is wrong");
        }
    }
}
