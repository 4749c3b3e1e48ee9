package dev.waggle.store.rocks;

import dev.waggle.store.storage.Snapshot;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;

/** A state of the database that later writes do not move. */
final class RocksSnapshot extends RocksView implements Snapshot {
    private final RocksStorage storage;
    private final org.rocksdb.Snapshot held;
    private volatile boolean over;

    RocksSnapshot(
            RocksStorage storage,
            RocksDB database,
            ColumnFamilyHandle[] families,
            Gate gate,
            org.rocksdb.Snapshot held) {
        super(database, families, gate, held);
        this.storage = storage;
        this.held = held;
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            storage.release(this);
        }
    }

    org.rocksdb.Snapshot held() {
        return held;
    }
}
