package dev.waggle.broker.revocations;

import dev.waggle.auth.revocation.RevocationStore;
import dev.waggle.auth.revocation.RevocationStoreContract;
import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.broker.testkit.OpenedStore;
import dev.waggle.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;

class StoredRevocationsTest extends RevocationStoreContract {
    private OpenedStore opened;

    @Override
    protected RevocationStore create() {
        FakeClock clock = new FakeClock();
        opened = new OpenedStore(new MemoryMedium(), clock);
        return new StoredRevocations(opened.store, clock);
    }

    @AfterEach
    void close() {
        opened.close();
    }
}
