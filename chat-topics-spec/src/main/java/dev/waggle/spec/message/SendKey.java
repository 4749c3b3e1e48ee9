package dev.waggle.spec.message;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Limits;

/**
 * Idempotency key of a message or a call, 1…64 bytes, compared as bytes (PROTOCOL §3).
 *
 * @param bytes Correlation Data, or the UTF-8 of the last topic level or of the HTTP header
 */
public record SendKey(Bytes bytes) {
    public SendKey {
        if (bytes.size() < 1 || bytes.size() > Limits.KEY_BYTES) {
            throw new IllegalArgumentException("an idempotency key has 1…64 bytes");
        }
    }
}
