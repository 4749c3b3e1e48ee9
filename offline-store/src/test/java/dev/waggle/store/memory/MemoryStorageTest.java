package dev.waggle.store.memory;

import dev.waggle.store.storage.StorageContract;
import dev.waggle.store.storage.StorageOpener;

class MemoryStorageTest extends StorageContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
