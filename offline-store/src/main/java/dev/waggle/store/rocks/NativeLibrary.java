package dev.waggle.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB itself. It is unpacked beside the store under one name: the loader's own way makes a new file of 17 MB
 * in the temporary directory at each start and leaves it there when the process is killed.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    static void load(Path directory) throws IOException {
        NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        RocksDB.loadLibrary();
    }
}
