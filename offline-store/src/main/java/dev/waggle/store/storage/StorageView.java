package dev.waggle.store.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads. Keys are ordered as unsigned bytes. Any thread; the plain methods may block on the disk, those named
 * {@code try…} never do (they may be called by the committer). Arrays that go in are not changed or kept; arrays that
 * come out belong to the caller.
 *
 * <p>Every method throws {@link StorageFailure} if the disk failed, a block is damaged, or the storage was closed.
 */
public interface StorageView {

    /** The value of a key, or null. */
    byte @Nullable [] get(Table table, byte[] key) throws StorageFailure;

    /** The values of the keys in their order, null where there is none. One call is cheaper than many gets. */
    List<byte @Nullable []> multiGet(Table table, List<byte[]> keys) throws StorageFailure;

    /** The value of a key as far as memory tells. */
    Glimpse<byte[]> tryGet(Table table, byte[] key) throws StorageFailure;

    /**
     * Visits the rows of a range in order until the visitor has enough.
     *
     * @param direction ascending from the low bound, or descending from the high one
     */
    void scan(Table table, KeyRange range, Direction direction, RowVisitor visitor) throws StorageFailure;

    /** The row with the highest key of the range, or null: how the last seq or position is found. */
    @Nullable
    Row last(Table table, KeyRange range) throws StorageFailure;

    /** {@link #last} as far as memory tells. */
    Glimpse<Row> tryLast(Table table, KeyRange range) throws StorageFailure;

    /**
     * All rows of a range in ascending order as far as memory tells; an empty range is {@link Glimpse.Absent}.
     *
     * @param most rows; one more in the range makes the answer {@link Glimpse.Unknown}
     */
    Glimpse<List<Row>> tryRange(Table table, KeyRange range, int most) throws StorageFailure;

    /** Order of a scan. */
    enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Takes the rows of a scan. */
    @FunctionalInterface
    interface RowVisitor {
        /**
         * @return true to go on, false to stop
         * @throws StorageFailure to give up, for instance because the row is damaged
         */
        boolean row(byte[] key, byte[] value) throws StorageFailure;
    }
}
