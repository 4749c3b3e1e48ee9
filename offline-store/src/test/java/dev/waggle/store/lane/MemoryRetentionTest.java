package dev.waggle.store.lane;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageOpener;

class MemoryRetentionTest extends RetentionContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
