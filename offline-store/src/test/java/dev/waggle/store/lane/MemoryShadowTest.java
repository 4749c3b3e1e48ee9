package dev.waggle.store.lane;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageOpener;

class MemoryShadowTest extends ShadowContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
