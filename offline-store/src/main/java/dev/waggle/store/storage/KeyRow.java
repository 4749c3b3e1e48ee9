package dev.waggle.store.storage;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Reply;

/**
 * An idempotency key that was used.
 *
 * @param hash of the body or the request, 16 bytes
 * @param reply the first answer: one of the replies to {@code Command.OfConversation}
 * @param expiresAt Unix milliseconds; at or after it the row counts as absent
 */
public record KeyRow(Bytes hash, Reply reply, long expiresAt) {
    public static final int HASH_BYTES = 16;

    public KeyRow {
        if (hash.size() != HASH_BYTES) {
            throw new IllegalArgumentException("hash must have 16 bytes");
        }
    }
}
