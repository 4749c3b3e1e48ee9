package dev.waggle.store.storage;

import java.nio.charset.StandardCharsets;

/** Builds one key in an array of exactly its size. */
final class KeyWriter {
    static final byte SEPARATOR = 0;

    private final byte[] key;
    private int at;

    KeyWriter(int size) {
        key = new byte[size];
    }

    KeyWriter one(byte value) {
        key[at++] = value;
        return this;
    }

    /** Two bytes, 0…65535, big-endian. */
    KeyWriter two(int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("a packet id is 0…65535, not " + value);
        }
        return one((byte) (value >>> 8)).one((byte) value);
    }

    /** Eight bytes, big-endian. */
    KeyWriter number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a number in a key must not be negative: " + value);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            key[at++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Text of the alphabet of ids, one byte a character. */
    KeyWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return raw(bytes);
    }

    KeyWriter raw(byte[] bytes) {
        System.arraycopy(bytes, 0, key, at, bytes.length);
        at += bytes.length;
        return this;
    }

    byte[] done() {
        if (at != key.length) {
            throw new IllegalStateException("key has " + at + " of " + key.length + " bytes");
        }
        return key;
    }
}
