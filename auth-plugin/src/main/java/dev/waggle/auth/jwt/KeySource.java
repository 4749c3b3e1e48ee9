package dev.waggle.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import org.jspecify.annotations.Nullable;

/** The public keys of one issuer. Called on the verification pool, so it may wait for a bounded time. */
interface KeySource {

    /**
     * @param keyId {@code kid}: untrusted, a key of a map and nothing else
     * @return null if the issuer has no such key for the algorithm
     */
    @Nullable
    JWSVerifier find(JWSAlgorithm algorithm, String keyId);

    static KeySource of(LocalKeys keys) {
        return (algorithm, keyId) -> {
            ECKey key = keys.find(keyId);
            if (key == null || !JWSAlgorithm.ES256.equals(algorithm)) {
                return null;
            }
            try {
                return new ECDSAVerifier(key.toPublicJWK());
            } catch (JOSEException e) {
                throw new IllegalStateException("a key that was proved when it was read", e);
            }
        };
    }
}
