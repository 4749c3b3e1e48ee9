package dev.waggle.store.storage;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RowWriter} wrote. Anything else is a {@link Malformed}, which {@link RowCodec} turns around. */
final class RowReader {

    /** The row is not what was written. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private final byte[] row;
    private int at;

    RowReader(byte[] row) {
        this.row = row;
    }

    int one() {
        if (at >= row.length) {
            throw new Malformed("it ends at byte " + at);
        }
        return row[at++] & 0xFF;
    }

    boolean flag() {
        int value = one();
        if (value > 1) {
            throw new Malformed("byte " + (at - 1) + " must be 0 or 1, not " + value);
        }
        return value == 1;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new Malformed("a number before byte " + at + " has more than 63 bits");
    }

    /** How many of something follow, each at least a byte long. */
    int count() {
        long count = number();
        if (count > row.length - at) {
            throw new Malformed("a count of " + count + " before byte " + at + " is more than what follows");
        }
        return (int) count;
    }

    String text() {
        int length = count();
        String text = new String(row, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    Bytes bytes(int length) {
        if (length > row.length - at) {
            throw new Malformed("it ends within " + length + " bytes from byte " + at);
        }
        Bytes bytes = Bytes.wrap(Arrays.copyOfRange(row, at, at + length));
        at += length;
        return bytes;
    }

    /** All that is left. */
    Bytes rest() {
        return bytes(row.length - at);
    }

    ConversationId conversation() {
        int kind = one();
        if (kind == 'd') {
            return new ConversationId.Direct(new UserId(text()), new UserId(text()));
        }
        if (kind == 'g') {
            return ConversationId.group(new GroupId(text()));
        }
        throw new Malformed("no kind of conversation: " + kind);
    }

    /** Nothing may be left. */
    void end() {
        if (at != row.length) {
            throw new Malformed((row.length - at) + " bytes follow its end");
        }
    }
}
