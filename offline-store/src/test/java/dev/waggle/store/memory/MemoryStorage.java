package dev.waggle.store.memory;

import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A handle on a {@link MemoryMedium}. */
final class MemoryStorage implements Storage {
    private final MemoryMedium medium;
    private final Map<Table, VersionedTable> tables = new EnumMap<>(Table.class);
    private volatile long version;
    private volatile boolean closed;
    private volatile boolean broken;
    private volatile boolean unplugged;

    MemoryStorage(MemoryMedium medium, Map<Table, NavigableMap<byte[], byte[]>> content) {
        this.medium = medium;
        content.forEach((table, rows) -> tables.put(table, new VersionedTable(rows)));
    }

    @Override
    public synchronized void write(WriteSet set, boolean sync) throws StorageFailure {
        checkUsable();
        if (broken) {
            throw new StorageFailure(StorageFailure.Kind.FAILED, "a write failed before; the store must be reopened");
        }
        try {
            medium.append(set.changes(), sync);
        } catch (StorageFailure failure) {
            broken = true;
            throw failure;
        }
        long next = version + 1;
        set.changes().forEach(change -> apply(change, next));
        version = next;
    }

    private void apply(WriteSet.Change change, long next) {
        VersionedTable table = tables.get(change.table());
        if (change instanceof WriteSet.Put put) {
            table.put(next, put.key(), put.value());
        } else if (change instanceof WriteSet.Delete delete) {
            table.put(next, delete.key(), null);
        } else if (change instanceof WriteSet.DeleteRange range) {
            table.deleteRange(next, KeyRange.of(range.from(), range.to()));
        }
    }

    @Override
    public Snapshot snapshot() throws StorageFailure {
        checkUsable();
        return new MemoryView(this, version);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws StorageFailure {
        return now().get(table, key);
    }

    @Override
    public List<byte @Nullable []> multiGet(Table table, List<byte[]> keys) throws StorageFailure {
        return now().multiGet(table, keys);
    }

    @Override
    public Glimpse<byte[]> tryGet(Table table, byte[] key) throws StorageFailure {
        return now().tryGet(table, key);
    }

    @Override
    public void scan(Table table, KeyRange range, Direction direction, RowVisitor visitor) throws StorageFailure {
        now().scan(table, range, direction, visitor);
    }

    @Override
    public @Nullable Row last(Table table, KeyRange range) throws StorageFailure {
        return now().last(table, range);
    }

    @Override
    public Glimpse<Row> tryLast(Table table, KeyRange range) throws StorageFailure {
        return now().tryLast(table, range);
    }

    @Override
    public Glimpse<List<Row>> tryRange(Table table, KeyRange range, int most) throws StorageFailure {
        return now().tryRange(table, range, most);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            medium.closed(this);
        }
    }

    /** The machine is gone: nothing works any more but the close. */
    void unplug() {
        unplugged = true;
    }

    boolean isCold(Table table, byte[] key) {
        return medium.isCold(table, key);
    }

    VersionedTable table(Table table) throws StorageFailure {
        checkUsable();
        medium.checkReadable();
        return tables.get(table);
    }

    private MemoryView now() {
        return new MemoryView(this, version);
    }

    private void checkUsable() throws StorageFailure {
        if (closed) {
            throw new StorageFailure(StorageFailure.Kind.CLOSED, "the store is closed");
        }
        if (unplugged) {
            throw new StorageFailure(StorageFailure.Kind.FAILED, "the power is cut");
        }
    }
}
