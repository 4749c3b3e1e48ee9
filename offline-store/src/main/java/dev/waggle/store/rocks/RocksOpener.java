package dev.waggle.store.rocks;

import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import dev.waggle.store.storage.StoreFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Opens the store in a directory: replays the log, refuses damage and other formats, keeps other users out. Blocks; one
 * handle at a time.
 */
public final class RocksOpener implements StorageOpener {
    private final RocksSettings settings;
    private final DiskRoom room;

    public RocksOpener(RocksSettings settings) {
        this.settings = settings;
        this.room = new DiskRoom(settings.directory());
    }

    @Override
    public Storage open() throws StorageFailure {
        Path directory = settings.directory();
        try {
            OwnerOnly.directory(directory);
            NativeLibrary.load(directory);
            RocksStorage storage = openSound(directory);
            try {
                StoreFormat.check(storage, directory.toString());
                OwnerOnly.files(directory);
                return storage;
            } catch (StorageFailure | IOException failure) {
                storage.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new StorageFailure(
                    StorageFailure.Kind.FAILED,
                    "the store in " + directory + " cannot be prepared: " + failure,
                    failure);
        }
    }

    @Override
    public boolean isWorthTrying() {
        return room.isEnough();
    }

    @Override
    public @Nullable String shortage() {
        return room.shortage();
    }

    private RocksStorage openSound(Path directory) throws StorageFailure, IOException {
        try {
            return openDatabase(directory);
        } catch (RocksDBException failure) {
            if (!RocksFailures.isDamage(failure)) {
                throw RocksFailures.opening(directory, failure);
            }
            String where = new TornTail(directory).cut();
            if (where != null) {
                throw RocksFailures.damaged(directory, where, failure);
            }
        }
        try {
            return openDatabase(directory);
        } catch (RocksDBException failure) {
            throw RocksFailures.isDamage(failure)
                    ? RocksFailures.damaged(directory, "cutting off the torn end of the log did not help", failure)
                    : RocksFailures.opening(directory, failure);
        }
    }

    private RocksStorage openDatabase(Path directory) throws RocksDBException {
        RocksOptions options = new RocksOptions(settings.memoryBytes());
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            RocksDB database = RocksDB.open(options.database(), directory.toString(), options.families(), families);
            return new RocksStorage(database, families.toArray(ColumnFamilyHandle[]::new), options, new Gate(), room);
        } catch (RocksDBException failure) {
            options.close();
            throw failure;
        }
    }
}
