package dev.waggle.push.registration;

import dev.waggle.spec.Bytes;

/**
 * What content is sealed for, as in RFC 8291. The text form shows no part of it.
 *
 * @param key the app's public key, an uncompressed point on P-256, 65 bytes
 * @param secret 16 bytes that only the app and we know
 */
public record SealKey(Bytes key, Bytes secret) {
    @Override
    public String toString() {
        return "a key for sealing";
    }
}
