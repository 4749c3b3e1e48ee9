package dev.waggle.store.rocks;

import dev.waggle.spec.RunsOn;
import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.WriteSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open database. Made by {@link RocksOpener}. */
final class RocksStorage extends RocksView implements Storage {
    private final RocksDB database;
    private final ColumnFamilyHandle[] families;
    private final RocksOptions options;
    private final Gate gate;
    private final DiskRoom room;
    private final BatchForm form;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions().setSync(false);
    private final Set<RocksSnapshot> snapshots = ConcurrentHashMap.newKeySet();

    /** Set by the committer at its first failed write; it alone reads it. */
    @RunsOn("committer")
    private boolean broken;

    RocksStorage(RocksDB database, ColumnFamilyHandle[] families, RocksOptions options, Gate gate, DiskRoom room) {
        super(database, families, gate, null);
        this.database = database;
        this.families = families;
        this.options = options;
        this.gate = gate;
        this.room = room;
        int[] numbers = new int[families.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = families[i].getID();
        }
        this.form = new BatchForm(numbers);
    }

    @Override
    @RunsOn("committer")
    public void write(WriteSet set, boolean sync) throws StorageFailure {
        gate.enter();
        try {
            if (broken) {
                throw new StorageFailure(
                        StorageFailure.Kind.FAILED,
                        "a write failed before; nothing is written until the store is reopened");
            }
            room.check();
            try (WriteBatch batch = new WriteBatch(form.of(set))) {
                database.write(sync ? synced : unsynced, batch);
            } catch (RocksDBException failure) {
                broken = true;
                throw RocksFailures.writing(failure);
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public Snapshot snapshot() throws StorageFailure {
        gate.enter();
        try {
            org.rocksdb.Snapshot held = database.getSnapshot();
            if (held == null) {
                throw new StorageFailure(StorageFailure.Kind.FAILED, "RocksDB gives no snapshot");
            }
            RocksSnapshot snapshot = new RocksSnapshot(this, database, families, gate, held);
            snapshots.add(snapshot);
            return snapshot;
        } finally {
            gate.leave();
        }
    }

    @Override
    boolean isOver() {
        return false;
    }

    void release(RocksSnapshot snapshot) {
        try {
            gate.enter();
        } catch (StorageFailure closed) {
            return; // the close has given it back
        }
        try {
            giveBack(snapshot);
        } finally {
            gate.leave();
        }
    }

    private void giveBack(RocksSnapshot snapshot) {
        if (snapshots.remove(snapshot)) {
            snapshot.giveBackOptions();
            database.releaseSnapshot(snapshot.held());
        }
    }

    @Override
    public void close() {
        gate.shut(() -> {
            snapshots.forEach(this::giveBack);
            giveBackOptions();
            synced.close();
            unsynced.close();
            for (ColumnFamilyHandle family : families) {
                family.close();
            }
            database.close();
            options.close();
        });
    }
}
