package dev.waggle.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Looks for damage in one write-ahead log file. RocksDB says that there is some, but neither in which file nor whether
 * anything follows it.
 *
 * <p>The form (RocksDB wiki, "Write Ahead Log File Format"): blocks of 32 KiB; in them fragments of a checksum, a length
 * and a kind, 7 bytes, and the payload. A record is one whole fragment, or a first, some middle and a last one.
 */
final class LogFile {
    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;
    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final byte[] file;
    private final ByteBuffer numbers;
    private int at;
    private int recordAt = -1;
    private int damagedAt = -1;

    private LogFile(byte[] file) {
        this.file = file;
        this.numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param offset where the first damaged record begins
     * @param isTail true if no other record begins behind it: a write that a power cut interrupted looks like this
     */
    record Damage(long offset, boolean isTail) {}

    /** The first damage in a file, or null if there is none. Reads the whole file. */
    static @Nullable Damage damageIn(Path path) throws IOException {
        return new LogFile(Files.readAllBytes(path)).look();
    }

    private @Nullable Damage look() {
        while (at + HEADER <= file.length) {
            if (leftInBlock() < HEADER || isFiller()) {
                nextBlock();
            } else if (isSoundAt(at)) {
                int kind = file[at + 6];
                boolean begins = kind == WHOLE || kind == FIRST;
                if (damagedAt >= 0 && begins) {
                    return new Damage(damagedAt, false);
                }
                recordAt = kind == FIRST ? at : kind == WHOLE || kind == LAST ? -1 : recordAt;
                at += HEADER + lengthAt(at);
            } else if (damagedAt >= 0 || !recordFollowsInBlock()) {
                damaged();
                nextBlock();
            } else {
                damaged();
                return new Damage(damagedAt, false);
            }
        }
        return damagedAt < 0 ? null : new Damage(damagedAt, true);
    }

    private void damaged() {
        if (damagedAt < 0) {
            damagedAt = recordAt >= 0 ? recordAt : at;
        }
        recordAt = -1;
    }

    /** The header may be what is damaged, so every place in the rest of the block is tried. */
    private boolean recordFollowsInBlock() {
        int end = Math.min(file.length, at + leftInBlock());
        for (int place = at + 1; place + HEADER <= end; place++) {
            int kind = file[place + 6];
            if ((kind == WHOLE || kind == FIRST) && lengthAt(place) > 0 && isSoundAt(place)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSoundAt(int place) {
        int length = lengthAt(place);
        int end = place + HEADER + length;
        if (end > file.length || place / BLOCK != (end - 1) / BLOCK) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(file, place + 6, length + 1);
        int sum = (int) crc.getValue();
        // Checksums are kept turned and shifted, so that one over bytes that hold checksums stays a good one.
        return numbers.getInt(place) == ((sum >>> 15) | (sum << 17)) + 0xA282EAD8;
    }

    /** Space that was set aside for the file and not yet written. */
    private boolean isFiller() {
        return file[at + 6] == 0 && lengthAt(at) == 0;
    }

    private int lengthAt(int place) {
        return numbers.getShort(place + 4) & 0xFFFF;
    }

    private int leftInBlock() {
        return BLOCK - at % BLOCK;
    }

    private void nextBlock() {
        at += leftInBlock();
    }
}
