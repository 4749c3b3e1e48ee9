package dev.waggle.store.rocks;

import dev.waggle.store.storage.Glimpse;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Reads of one state of the database: the newest, or that of a snapshot. Native calls happen inside the gate. */
abstract class RocksView implements StorageView {
    private final RocksDB database;
    private final ColumnFamilyHandle[] families;
    private final Gate gate;
    private final ReadOptions anywhere;
    private final ReadOptions inMemory;
    /** For rows that are walked through in the background: they do not push out of the cache what is in use. */
    private final ReadOptions inPassing;

    RocksView(RocksDB database, ColumnFamilyHandle[] families, Gate gate, @Nullable Snapshot snapshot) {
        this.database = database;
        this.families = families;
        this.gate = gate;
        this.anywhere = new ReadOptions();
        this.inMemory = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
        this.inPassing = new ReadOptions().setFillCache(false);
        if (snapshot != null) {
            inPassing.setSnapshot(snapshot);
            anywhere.setSnapshot(snapshot);
            inMemory.setSnapshot(snapshot);
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) throws StorageFailure {
        return reading(() -> database.get(family(table), anywhere, key));
    }

    @Override
    public List<byte @Nullable []> multiGet(Table table, List<byte[]> keys) throws StorageFailure {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<ColumnFamilyHandle> same = Collections.nCopies(keys.size(), family(table));
        return reading(() -> {
            List<byte @Nullable []> values = new ArrayList<>(database.multiGetAsList(anywhere, same, keys));
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) == null) {
                    // The many-keys call does not tell a row that is not there from one that cannot be read.
                    values.set(i, database.get(family(table), anywhere, keys.get(i)));
                }
            }
            return values;
        });
    }

    @Override
    public Glimpse<byte[]> tryGet(Table table, byte[] key) throws StorageFailure {
        return glimpsing(() -> {
            byte[] value = database.get(family(table), inMemory, key);
            return value == null ? new Glimpse.Absent<>() : new Glimpse.Present<>(value);
        });
    }

    @Override
    public void scan(Table table, KeyRange range, Direction direction, RowVisitor visitor) throws StorageFailure {
        if (range.isEmpty()) {
            return;
        }
        ReadOptions options = table == Table.KEYS ? inPassing : anywhere;
        reading(() -> {
            try (RocksIterator rows = database.newIterator(family(table), options)) {
                boolean ascending = direction == Direction.ASCENDING;
                seek(rows, range, ascending);
                while (rows.isValid()) {
                    byte[] key = rows.key();
                    if (!range.contains(key) || !visitor.row(key, rows.value())) {
                        return true;
                    }
                    step(rows, ascending);
                }
                rows.status();
                return true;
            }
        });
    }

    @Override
    public @Nullable Row last(Table table, KeyRange range) throws StorageFailure {
        return range.isEmpty() ? null : reading(() -> last(table, range, anywhere));
    }

    @Override
    public Glimpse<Row> tryLast(Table table, KeyRange range) throws StorageFailure {
        if (range.isEmpty()) {
            return new Glimpse.Absent<>();
        }
        return glimpsing(() -> {
            Row row = last(table, range, inMemory);
            return row == null ? new Glimpse.Absent<>() : new Glimpse.Present<>(row);
        });
    }

    @Override
    public Glimpse<List<Row>> tryRange(Table table, KeyRange range, int most) throws StorageFailure {
        if (range.isEmpty()) {
            return new Glimpse.Absent<>();
        }
        return glimpsing(() -> {
            List<Row> found = new ArrayList<>();
            try (RocksIterator rows = database.newIterator(family(table), inMemory)) {
                seek(rows, range, true);
                while (rows.isValid()) {
                    byte[] key = rows.key();
                    if (!range.contains(key)) {
                        return answer(found);
                    }
                    if (found.size() == most) {
                        return new Glimpse.Unknown<>();
                    }
                    found.add(new Row(key, rows.value()));
                    rows.next();
                }
                rows.status();
                return answer(found);
            }
        });
    }

    /** True if this view was closed before the database was. */
    abstract boolean isOver();

    /** Gives the native options back; no call may be in progress. */
    final void giveBackOptions() {
        anywhere.close();
        inMemory.close();
        inPassing.close();
    }

    private static Glimpse<List<Row>> answer(List<Row> found) {
        return found.isEmpty() ? new Glimpse.Absent<>() : new Glimpse.Present<>(found);
    }

    private @Nullable Row last(Table table, KeyRange range, ReadOptions options) throws RocksDBException {
        try (RocksIterator rows = database.newIterator(family(table), options)) {
            seek(rows, range, false);
            if (!rows.isValid()) {
                rows.status();
                return null;
            }
            byte[] key = rows.key();
            return range.contains(key) ? new Row(key, rows.value()) : null;
        }
    }

    private static void seek(RocksIterator rows, KeyRange range, boolean ascending) {
        byte[] to = range.to();
        if (ascending) {
            rows.seek(range.from());
        } else if (to == null) {
            rows.seekToLast();
        } else {
            rows.seekForPrev(to);
            if (rows.isValid() && Arrays.equals(rows.key(), to)) {
                rows.prev();
            }
        }
    }

    private static void step(RocksIterator rows, boolean ascending) {
        if (ascending) {
            rows.next();
        } else {
            rows.prev();
        }
    }

    private ColumnFamilyHandle family(Table table) {
        return families[table.ordinal()];
    }

    private void checkNotOver() throws StorageFailure {
        if (isOver()) {
            throw new StorageFailure(StorageFailure.Kind.CLOSED, "the snapshot is closed");
        }
    }

    private interface Reading<T extends @Nullable Object> {
        T run() throws RocksDBException, StorageFailure;
    }

    private <T extends @Nullable Object> T reading(Reading<T> reading) throws StorageFailure {
        gate.enter();
        try {
            checkNotOver();
            return reading.run();
        } catch (RocksDBException failure) {
            throw RocksFailures.reading(failure);
        } finally {
            gate.leave();
        }
    }

    private <T> Glimpse<T> glimpsing(Reading<Glimpse<T>> reading) throws StorageFailure {
        gate.enter();
        try {
            checkNotOver();
            return reading.run();
        } catch (RocksDBException failure) {
            if (RocksFailures.isIncomplete(failure)) {
                return new Glimpse.Unknown<>();
            }
            throw RocksFailures.reading(failure);
        } finally {
            gate.leave();
        }
    }
}
