package dev.waggle.store.rocks;

import dev.waggle.store.storage.StorageContract;
import dev.waggle.store.storage.StorageOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    protected StorageOpener opener() {
        return new RocksOpener(RocksSettings.in(directory.resolve("store")));
    }
}
