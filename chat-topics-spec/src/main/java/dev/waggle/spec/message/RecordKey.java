package dev.waggle.spec.message;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Ids;

/**
 * Names a record: small durable state that belongs neither to a conversation nor to an inbox. Records of one kind are in
 * the order of their keys, compared as unsigned bytes.
 *
 * @param kind who keeps it there and in which form, {@code [A-Za-z0-9_-]{1,32}}; part of the format on disk
 * @param key 1…255 bytes
 */
public record RecordKey(String kind, Bytes key) {
    public static final int MAX_KIND_LENGTH = 32;
    public static final int MAX_KEY_BYTES = 255;

    public RecordKey {
        if (!Ids.isValid(kind, MAX_KIND_LENGTH)) {
            throw new IllegalArgumentException("the kind of a record must match [A-Za-z0-9_-]{1,32}");
        }
        if (key.size() < 1 || key.size() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("the key of a record has 1…255 bytes, not " + key.size());
        }
    }

    /** A key that is text. */
    public static RecordKey of(String kind, String key) {
        return new RecordKey(kind, Bytes.utf8(key));
    }
}
