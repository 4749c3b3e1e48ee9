package dev.waggle.store.lane;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageOpener;

class MemoryStoreFailureTest extends StoreFailureContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
