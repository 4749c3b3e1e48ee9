package dev.waggle.store.rocks;

import dev.waggle.store.storage.Snapshot;
import dev.waggle.store.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The store in a directory for reading alone: nothing of it is changed, what is only in the log is read from the log.
 * RocksDB does not lock it then; whoever opens sees to it that nobody writes meanwhile.
 */
public final class ClosedStore extends RocksView implements Snapshot {
    private final RocksDB database;
    private final ColumnFamilyHandle[] families;
    private final RocksOptions options;
    private final Gate gate;

    private ClosedStore(RocksDB database, ColumnFamilyHandle[] families, RocksOptions options, Gate gate) {
        super(database, families, gate, null);
        this.database = database;
        this.families = families;
        this.options = options;
        this.gate = gate;
    }

    /** Blocks while the log is replayed into memory. */
    public static ClosedStore open(RocksSettings settings) throws StorageFailure {
        Path directory = settings.directory();
        try {
            NativeLibrary.load(directory);
        } catch (IOException failure) {
            throw new StorageFailure(
                    StorageFailure.Kind.FAILED, "the store in " + directory + " cannot be read: " + failure, failure);
        }
        RocksOptions options = new RocksOptions(settings.memoryBytes());
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            RocksDB database =
                    RocksDB.openReadOnly(options.database(), directory.toString(), options.families(), families);
            return new ClosedStore(database, families.toArray(ColumnFamilyHandle[]::new), options, new Gate());
        } catch (RocksDBException failure) {
            options.close();
            throw RocksFailures.isDamage(failure)
                    ? RocksFailures.damaged(directory, where(directory), failure)
                    : RocksFailures.opening(directory, failure);
        }
    }

    private static String where(Path directory) {
        try {
            return new TornTail(directory).describe();
        } catch (IOException unreadable) {
            return "the log files cannot be read: " + unreadable;
        }
    }

    @Override
    boolean isOver() {
        return false;
    }

    @Override
    public void close() {
        gate.shut(() -> {
            giveBackOptions();
            for (ColumnFamilyHandle family : families) {
                family.close();
            }
            database.close();
            options.close();
        });
    }
}
