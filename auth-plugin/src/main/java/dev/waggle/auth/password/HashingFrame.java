package dev.waggle.auth.password;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What goes through the pipe between the broker and the hashing process. Big-endian:
 *
 * <pre>
 * frame   length(4) of what follows, 5…{@link #MAX_BYTES} · id(4) · kind(1) · rest
 * HASH    salt(16) · password          → HASHED phc, or FAILED
 * MATCH   length(2) of phc · phc · password → MATCHED 0 or 1 (1), or FAILED
 * </pre>
 *
 * Ids are the broker's; an answer has that of its question.
 */
sealed interface HashingFrame {
    /** A password of 256 characters has 768 bytes, at most three times as many in Unicode form C; a hash has 240. */
    int MAX_BYTES = 4_096;

    int HEAD_BYTES = 5;

    int id();

    /** A question: the hash of this password with this salt. */
    record Hash(int id, Bytes salt, Bytes password) implements HashingFrame {}

    /** A question: is this the hash of this password. */
    record Match(int id, String phc, Bytes password) implements HashingFrame {
        @Override
        public String toString() {
            return "Match[" + id + "]";
        }
    }

    /** An answer to {@link Hash}. */
    record Hashed(int id, String phc) implements HashingFrame {
        @Override
        public String toString() {
            return "Hashed[" + id + "]";
        }
    }

    /** An answer to {@link Match}. */
    record Matched(int id, boolean fits) implements HashingFrame {}

    /** An answer: it could not be computed. */
    record Failed(int id) implements HashingFrame {}

    /** Writes and flushes; not for two threads at once. */
    default void write(DataOutputStream out) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + MAX_BYTES);
        frame.putInt(0).putInt(id());
        if (this instanceof Hash hash) {
            frame.put((byte) 'H').put(hash.salt.shared()).put(hash.password.shared());
        } else if (this instanceof Match match) {
            byte[] phc = match.phc.getBytes(StandardCharsets.US_ASCII);
            frame.put((byte) 'M').putShort((short) phc.length).put(phc).put(match.password.shared());
        } else if (this instanceof Hashed hashed) {
            frame.put((byte) 'h').put(hashed.phc.getBytes(StandardCharsets.US_ASCII));
        } else if (this instanceof Matched matched) {
            frame.put((byte) 'm').put((byte) (matched.fits ? 1 : 0));
        } else {
            frame.put((byte) 'f');
        }
        frame.putInt(0, frame.position() - Integer.BYTES);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /**
     * Blocks for the next frame.
     *
     * @return null at the end of the stream, also in the middle of a frame; bad if this is no frame, and then nothing
     *     that follows makes sense
     */
    static @Nullable Parsed<HashingFrame> read(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            if (length < HEAD_BYTES || length > MAX_BYTES) {
                return Parsed.bad("a frame has " + HEAD_BYTES + " to " + MAX_BYTES + " bytes, not " + length);
            }
            byte[] frame = new byte[length];
            in.readFully(frame);
            return parse(ByteBuffer.wrap(frame));
        } catch (EOFException end) {
            return null;
        }
    }

    private static Parsed<HashingFrame> parse(ByteBuffer frame) {
        int id = frame.getInt();
        int kind = frame.get();
        return switch (kind) {
            case 'H' ->
                frame.remaining() < Argon2id.SALT_BYTES
                        ? Parsed.bad("HASH without a whole salt")
                        : Parsed.ok(new Hash(id, bytes(frame, Argon2id.SALT_BYTES), bytes(frame, frame.remaining())));
            case 'M' -> match(id, frame);
            case 'h' -> Parsed.ok(new Hashed(id, ascii(frame, frame.remaining())));
            case 'm' ->
                frame.remaining() == 1
                        ? Parsed.ok(new Matched(id, frame.get() == 1))
                        : Parsed.bad("MATCHED is one byte, not " + frame.remaining());
            case 'f' -> frame.hasRemaining() ? Parsed.bad("FAILED has nothing behind it") : Parsed.ok(new Failed(id));
            default -> Parsed.bad("kind " + kind + " is none of H, M, h, m, f");
        };
    }

    private static Parsed<HashingFrame> match(int id, ByteBuffer frame) {
        int length = frame.remaining() < Short.BYTES ? -1 : frame.getShort();
        return length < 0 || length > frame.remaining()
                ? Parsed.bad("MATCH without a whole hash")
                : Parsed.ok(new Match(id, ascii(frame, length), bytes(frame, frame.remaining())));
    }

    private static String ascii(ByteBuffer frame, int length) {
        return new String(bytes(frame, length).shared(), StandardCharsets.US_ASCII);
    }

    private static Bytes bytes(ByteBuffer frame, int length) {
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return Bytes.wrap(bytes);
    }
}
