package dev.waggle.store.lane;

import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.StorageOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksShadowTest extends ShadowContract {
    @TempDir
    Path directory;

    @Override
    protected StorageOpener opener() {
        return new RocksOpener(new RocksSettings(directory.resolve("store"), 16L << 20));
    }
}
