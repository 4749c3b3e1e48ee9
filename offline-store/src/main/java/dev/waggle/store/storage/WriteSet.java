package dev.waggle.store.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that become visible and durable together, in the order in which they were added. Not thread-safe; belongs to
 * the committer. Takes the arrays over: nobody may write to them afterwards.
 */
public final class WriteSet {

    /** One change. */
    public sealed interface Change {
        Table table();
    }

    /** The key has this value from now on. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Put(Table table, byte[] key, byte[] value) implements Change {}

    /** The key has no value from now on. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Delete(Table table, byte[] key) implements Change {}

    /** No key of {@code from} (inclusive) to {@code to} (exclusive) has a value from now on. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record DeleteRange(Table table, byte[] from, byte[] to) implements Change {}

    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    public WriteSet put(Table table, byte[] key, byte[] value) {
        return add(new Put(table, key, value), key.length + value.length);
    }

    public WriteSet delete(Table table, byte[] key) {
        return add(new Delete(table, key), key.length);
    }

    /**
     * @param range must have an end
     */
    public WriteSet deleteRange(Table table, KeyRange range) {
        byte @Nullable [] to = range.to();
        if (to == null) {
            throw new IllegalArgumentException("a range to delete must have an end");
        }
        return range.isEmpty() ? this : add(new DeleteRange(table, range.from(), to), range.from().length + to.length);
    }

    private WriteSet add(Change change, int size) {
        changes.add(change);
        bytes += size;
        return this;
    }

    /** The changes so far, in order; a view. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    public int size() {
        return changes.size();
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Sum of the keys and values. */
    public long bytes() {
        return bytes;
    }

    /** Empties the set for the next commit. */
    public void clear() {
        changes.clear();
        bytes = 0;
    }
}
