package dev.waggle.auth.jwt.keys;

import java.util.Map;

/** The public keys of one issuer. Never blocks; any thread. */
public interface KeySource {

    KeyLookup find(KeyRequest request);

    /** Keys that never change, by key id. */
    static KeySource fixed(Map<String, VerificationKey> keys) {
        Map<String, VerificationKey> byId = Map.copyOf(keys);
        return request -> {
            VerificationKey key = request.keyId() == null ? null : byId.get(request.keyId());
            return key != null && key.takes(request.algorithm()) ? new KeyLookup.Found(key) : new KeyLookup.Unknown();
        };
    }
}
