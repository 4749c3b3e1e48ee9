package dev.waggle.store.reads;

import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.StorageOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksGroupReadsTest extends GroupReadsContract {
    @TempDir
    Path directory;

    @Override
    protected StorageOpener opener() {
        return new RocksOpener(RocksSettings.in(directory));
    }
}
