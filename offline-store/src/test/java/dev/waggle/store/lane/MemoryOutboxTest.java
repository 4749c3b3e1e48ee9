package dev.waggle.store.lane;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageOpener;

class MemoryOutboxTest extends OutboxContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
