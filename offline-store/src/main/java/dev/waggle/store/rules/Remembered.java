package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Reply;

/**
 * What is known of an idempotency key.
 *
 * @param hash of the request that used it, as {@link RequestHash} makes it
 * @param reply the first answer
 * @param expiresAt Unix milliseconds; from then on it counts as never used
 */
public record Remembered(Bytes hash, Reply reply, long expiresAt) {}
