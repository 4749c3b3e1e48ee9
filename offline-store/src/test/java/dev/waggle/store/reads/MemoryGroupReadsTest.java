package dev.waggle.store.reads;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.StorageOpener;

class MemoryGroupReadsTest extends GroupReadsContract {
    @Override
    protected StorageOpener opener() {
        return new MemoryMedium();
    }
}
