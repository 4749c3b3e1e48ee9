package dev.waggle.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys of one issuer. Called on the verification pool, so it may wait for a bounded time. */
interface KeySource {

    /**
     * @param keyId {@code kid}: untrusted, a key of a map and nothing else
     * @return null if the issuer has no such key for the algorithm
     */
    @Nullable
    JWSVerifier find(JWSAlgorithm algorithm, String keyId);

    /** Made once: a verifier may be used by many threads. */
    static KeySource of(LocalKeys keys) {
        Map<String, JWSVerifier> verifiers = keys.verifiers();
        return (algorithm, keyId) -> JWSAlgorithm.ES256.equals(algorithm) ? verifiers.get(keyId) : null;
    }
}
