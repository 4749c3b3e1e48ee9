package dev.waggle.broker.revocations;

import dev.waggle.auth.revocation.RevocationStore;
import dev.waggle.auth.revocation.RevocationStoreContract;
import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.LaneParts;
import dev.waggle.store.lane.StoreOpener;
import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.StorageFailure;
import org.junit.jupiter.api.AfterEach;

class StoredRevocationsTest extends RevocationStoreContract {
    private ChatStore chat;

    @Override
    protected RevocationStore create() {
        FakeClock clock = new FakeClock();
        try {
            chat = StoreOpener.open(
                    new LaneParts(
                            new MemoryMedium(),
                            Limits.defaults(),
                            LaneLimits.defaults(),
                            events -> {},
                            StoreMetrics.NOOP,
                            clock,
                            System::nanoTime,
                            Runnable::run),
                    (current, executor) -> new StoreReads(current, executor, StoreReads.DEFAULT_QUEUE_LIMIT, clock),
                    Thread::new);
        } catch (StorageFailure failure) {
            throw new IllegalStateException(failure);
        }
        return new StoredRevocations(chat, clock);
    }

    @AfterEach
    void close() {
        if (chat != null) {
            chat.close();
        }
    }
}
