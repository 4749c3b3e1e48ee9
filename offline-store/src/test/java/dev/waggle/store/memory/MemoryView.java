package dev.waggle.store.memory;

import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One version of a {@link MemoryStorage}. */
final class MemoryView implements Snapshot {
    private final MemoryStorage storage;
    private final long version;
    private volatile boolean closed;

    MemoryView(MemoryStorage storage, long version) {
        this.storage = storage;
        this.version = version;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws StorageFailure {
        byte[] value = table(table).get(version, key);
        return value == null ? null : value.clone();
    }

    @Override
    public List<byte @Nullable []> multiGet(Table table, List<byte[]> keys) throws StorageFailure {
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(table, key));
        }
        return values;
    }

    @Override
    public Glimpse<byte[]> tryGet(Table table, byte[] key) throws StorageFailure {
        if (storage.isCold(table, key)) {
            return new Glimpse.Unknown<>();
        }
        byte[] value = get(table, key);
        return value == null ? new Glimpse.Absent<>() : new Glimpse.Present<>(value);
    }

    @Override
    public void scan(Table table, KeyRange range, Direction direction, RowVisitor visitor) throws StorageFailure {
        for (Row row : table(table).rows(version, range, direction, Integer.MAX_VALUE)) {
            if (!visitor.row(row.key(), row.value())) {
                return;
            }
        }
    }

    @Override
    public @Nullable Row last(Table table, KeyRange range) throws StorageFailure {
        List<Row> rows = table(table).rows(version, range, Direction.DESCENDING, 1);
        return rows.isEmpty() ? null : rows.get(0);
    }

    @Override
    public Glimpse<Row> tryLast(Table table, KeyRange range) throws StorageFailure {
        if (storage.isCold(table, range.from())) {
            return new Glimpse.Unknown<>();
        }
        Row row = last(table, range);
        return row == null ? new Glimpse.Absent<>() : new Glimpse.Present<>(row);
    }

    @Override
    public Glimpse<List<Row>> tryRange(Table table, KeyRange range, int most) throws StorageFailure {
        if (storage.isCold(table, range.from())) {
            return new Glimpse.Unknown<>();
        }
        List<Row> rows = table(table).rows(version, range, Direction.ASCENDING, most + 1);
        if (rows.size() > most) {
            return new Glimpse.Unknown<>();
        }
        return rows.isEmpty() ? new Glimpse.Absent<>() : new Glimpse.Present<>(rows);
    }

    @Override
    public void close() {
        closed = true;
    }

    private VersionedTable table(Table table) throws StorageFailure {
        if (closed) {
            throw new StorageFailure(StorageFailure.Kind.CLOSED, "the snapshot is closed");
        }
        return storage.table(table);
    }
}
