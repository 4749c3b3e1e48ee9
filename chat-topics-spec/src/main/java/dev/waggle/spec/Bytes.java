package dev.waggle.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable byte string that compares by content. The array given to {@link #wrap} belongs to the value from then
 * on: nobody may write to it.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes the array over without a copy; the caller must not write to it afterwards. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return array.length;
    }

    /** The bytes themselves, for readers on the hot path; must not be written to. */
    public byte[] shared() {
        return array;
    }

    /** The bytes read as UTF-8, bad sequences replaced. */
    public String asUtf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The size only: bodies never reach a log. */
    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
