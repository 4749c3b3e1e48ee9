package dev.waggle.auth.jwt;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.jwt.keys.KeyLookup;
import dev.waggle.auth.jwt.keys.KeyRequest;
import dev.waggle.auth.jwt.keys.KeySource;
import dev.waggle.auth.jwt.keys.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * A token that passed every check; the time and the issuer's keys go on, so those are asked again with each use.
 *
 * @param keys of its issuer
 * @param header names the key
 * @param key the one that its signature was checked with
 */
record VerifiedToken(TokenClaims claims, KeySource keys, TokenHeader header, VerificationKey key) {
    static final int NOT_AUTHORIZED = 0x87;

    /** @param presented the certificate of the connection, or null */
    Verdict at(long nowMillis, @Nullable CertificateDigest presented) {
        CertificateDigest bound = claims.certificate();
        if (bound != null && !bound.equals(presented)) {
            return new Verdict.Denied(
                    NOT_AUTHORIZED, "the token is bound to a client certificate that this connection has not shown");
        }
        String wrong = claims.times().wrongAt(nowMillis);
        return wrong == null ? new Verdict.Granted(claims.identity()) : Verdict.Denied.late(NOT_AUTHORIZED, wrong);
    }

    /** False when the issuer has taken the key back, or its keys cannot be had any more. */
    boolean isVouchedForAt(long nowMillis) {
        KeyRequest request = new KeyRequest(
                header.algorithm(), header.keyId(), claims.times().issued(), nowMillis);
        return keys.find(request) instanceof KeyLookup.Found found
                && found.key().equals(key);
    }
}
