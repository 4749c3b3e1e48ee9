package dev.waggle.store.rocks;

import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.util.Arrays;

/**
 * A write set in the form in which RocksDB keeps batches in memory and in its log: one native call hands the whole
 * commit over, where a call for each change costs more than the change (README, figures). The form is part of RocksDB's
 * files since its first version: eight bytes for a sequence number, four for the count of changes, little-endian; then
 * for each change a tag, the number of the column family, and key and value with their lengths, as varints.
 *
 * <p>Not thread-safe: keeps its buffer for the next set.
 */
final class BatchForm {
    private static final int HEADER = 12;
    private static final int COUNT_AT = 8;
    private static final byte DELETION_IN_FAMILY = 0x4;
    private static final byte VALUE_IN_FAMILY = 0x5;
    private static final byte RANGE_DELETION_IN_FAMILY = 0xE;
    /** Tag, family and two lengths of at most five bytes each. */
    private static final int MOST_AROUND_A_CHANGE = 12;
    /** A buffer above this size, left by one large commit, is not kept. */
    private static final int MOST_KEPT = 4 << 20;

    private final int[] families;
    private byte[] buffer = new byte[64 << 10];
    private int size;

    /**
     * @param families number of the column family of each table, by ordinal; each below 128
     */
    BatchForm(int[] families) {
        this.families = families.clone();
    }

    /** The set in one array of its own. */
    byte[] of(WriteSet set) {
        long most = HEADER + set.bytes() + (long) set.size() * MOST_AROUND_A_CHANGE;
        if (most > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a write set of " + set.bytes() + " bytes is too large for one commit");
        }
        if (most > buffer.length) {
            buffer = new byte[(int) most];
        }
        Arrays.fill(buffer, 0, HEADER, (byte) 0);
        size = HEADER;
        set.changes().forEach(this::add);
        littleEndian(COUNT_AT, set.size());
        byte[] batch = Arrays.copyOf(buffer, size);
        if (buffer.length > MOST_KEPT) {
            buffer = new byte[64 << 10];
        }
        return batch;
    }

    private void add(WriteSet.Change change) {
        if (change instanceof WriteSet.Put put) {
            tag(VALUE_IN_FAMILY, put.table());
            bytes(put.key());
            bytes(put.value());
        } else if (change instanceof WriteSet.Delete delete) {
            tag(DELETION_IN_FAMILY, delete.table());
            bytes(delete.key());
        } else if (change instanceof WriteSet.DeleteRange range) {
            tag(RANGE_DELETION_IN_FAMILY, range.table());
            bytes(range.from());
            bytes(range.to());
        }
    }

    private void tag(byte tag, Table table) {
        buffer[size++] = tag;
        buffer[size++] = (byte) families[table.ordinal()];
    }

    private void bytes(byte[] bytes) {
        int rest = bytes.length;
        while (rest > 0x7F) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void littleEndian(int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            buffer[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
