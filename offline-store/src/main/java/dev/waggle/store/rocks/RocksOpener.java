package dev.waggle.store.rocks;

import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import dev.waggle.store.storage.StoreFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Opens the store in a directory: replays the log, refuses damage and other formats, keeps other users out. Blocks; one
 * handle at a time.
 */
public final class RocksOpener implements StorageOpener {
    private final RocksSettings settings;

    public RocksOpener(RocksSettings settings) {
        this.settings = settings;
    }

    @Override
    public Storage open() throws StorageFailure {
        Path directory = settings.directory();
        try {
            OwnerOnly.directory(directory);
        } catch (IOException failure) {
            throw new StorageFailure(
                    StorageFailure.Kind.FAILED, "the directory " + directory + " cannot be made: " + failure, failure);
        }
        RocksStorage storage = openDatabase(directory);
        try {
            StoreFormat.check(storage, directory.toString());
            OwnerOnly.files(directory);
            return storage;
        } catch (StorageFailure failure) {
            storage.close();
            throw failure;
        } catch (IOException failure) {
            storage.close();
            throw new StorageFailure(
                    StorageFailure.Kind.FAILED,
                    "files in " + directory + " cannot be closed to others: " + failure,
                    failure);
        }
    }

    private RocksStorage openDatabase(Path directory) throws StorageFailure {
        RocksDB.loadLibrary();
        RocksOptions options = new RocksOptions(settings.memoryBytes());
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            RocksDB database = RocksDB.open(options.database(), directory.toString(), options.families(), families);
            return new RocksStorage(database, families.toArray(ColumnFamilyHandle[]::new), options, new Gate());
        } catch (RocksDBException failure) {
            options.close();
            throw RocksFailures.opening(directory, failure);
        }
    }
}
