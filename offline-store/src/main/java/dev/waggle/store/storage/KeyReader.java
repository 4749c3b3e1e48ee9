package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes one key apart that {@link KeySchema} made; total: what it did not make is damage, named by the key. */
public final class KeyReader {
    private final byte[] key;
    private int at;

    public KeyReader(byte[] key) {
        this.key = key;
    }

    /** A conversation, with the NUL behind it. */
    public ConversationId conversation() throws StorageFailure {
        int kind = one();
        if (kind == 'g') {
            return ConversationId.group(group());
        }
        if (kind != 'd') {
            throw damaged();
        }
        UserId low = user();
        UserId high = user();
        if (low.compareTo(high) > 0) {
            throw damaged();
        }
        return ConversationId.direct(low, high);
    }

    /** A user, with the NUL behind it. */
    public UserId user() throws StorageFailure {
        return sound(UserId.parse(text()));
    }

    /** A group, up to the end or with the NUL behind it. */
    public GroupId group() throws StorageFailure {
        return sound(GroupId.parse(text()));
    }

    /** Eight bytes, which end the key. */
    public long lastNumber() throws StorageFailure {
        if (key.length - at != Long.BYTES) {
            throw damaged();
        }
        long number = ByteBuffer.wrap(key).getLong(at);
        if (number < 0) {
            throw damaged();
        }
        return number;
    }

    /** One byte, 0…255. */
    public int one() throws StorageFailure {
        if (at >= key.length) {
            throw damaged();
        }
        return key[at++] & 0xFF;
    }

    private String text() {
        int end = at;
        while (end < key.length && key[end] != KeyWriter.SEPARATOR) {
            end++;
        }
        String text = new String(key, at, end - at, StandardCharsets.US_ASCII);
        at = Math.min(key.length, end + 1);
        return text;
    }

    private <T> T sound(Parsed<T> parsed) throws StorageFailure {
        if (!parsed.isOk()) {
            throw damaged();
        }
        return parsed.get();
    }

    private StorageFailure damaged() {
        return new StorageFailure(StorageFailure.Kind.DAMAGED, "no row of this table has the key " + KeyText.of(key));
    }
}
