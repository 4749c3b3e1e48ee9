package dev.waggle.store.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys from {@code from} (inclusive) to {@code to} (exclusive), compared as unsigned bytes. Immutable as long as nobody
 * writes to the arrays.
 *
 * @param from lowest key of the range; empty means from the first
 * @param to first key behind the range, or null for no end
 */
public record KeyRange(byte[] from, byte @Nullable [] to) {

    /** Every key of a table. */
    public static final KeyRange ALL = new KeyRange(new byte[0], null);

    public static KeyRange of(byte[] from, byte[] to) {
        return new KeyRange(from, to);
    }

    /** All keys that begin with {@code prefix}. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, behindPrefix(prefix));
    }

    /** True if no key can be in it. */
    public boolean isEmpty() {
        return to != null && Arrays.compareUnsigned(from, to) >= 0;
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    /** The first key behind all keys that begin with {@code prefix}, or null if there is none. */
    private static byte @Nullable [] behindPrefix(byte[] prefix) {
        int end = prefix.length;
        while (end > 0 && prefix[end - 1] == (byte) 0xFF) {
            end--;
        }
        if (end == 0) {
            return null;
        }
        byte[] behind = Arrays.copyOf(prefix, end);
        behind[end - 1]++;
        return behind;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    /** The bounds in printable form; keys hold ids, never bodies. */
    @Override
    public String toString() {
        return "[" + KeyText.of(from) + ", " + (to == null ? "end" : KeyText.of(to)) + ")";
    }
}
