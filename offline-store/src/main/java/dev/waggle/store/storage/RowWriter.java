package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the value of one row: numbers as varints, texts and bytes with their length before them. */
final class RowWriter {
    private byte[] row = new byte[48];
    private int size;

    RowWriter one(int value) {
        room(1);
        row[size++] = (byte) value;
        return this;
    }

    RowWriter flag(boolean value) {
        return one(value ? 1 : 0);
    }

    /** Seven bits a byte, the lowest first; numbers here are counters and times, so never negative. */
    RowWriter number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a number in a row must not be negative: " + value);
        }
        room(9);
        long rest = value;
        while (rest > 0x7F) {
            row[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        row[size++] = (byte) rest;
        return this;
    }

    RowWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    RowWriter bytes(byte[] bytes) {
        number(bytes.length);
        return raw(bytes);
    }

    RowWriter raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, row, size, bytes.length);
        size += bytes.length;
        return this;
    }

    RowWriter conversation(ConversationId conversation) {
        if (conversation instanceof ConversationId.Direct direct) {
            return one('d').text(direct.low().value()).text(direct.high().value());
        }
        return one('g').text(((ConversationId.Group) conversation).group().value());
    }

    byte[] done() {
        return Arrays.copyOf(row, size);
    }

    private void room(int more) {
        if (size + more > row.length) {
            row = Arrays.copyOf(row, Math.max(row.length * 2, size + more));
        }
    }
}
