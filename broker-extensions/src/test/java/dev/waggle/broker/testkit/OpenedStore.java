package dev.waggle.broker.testkit;

import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.LaneParts;
import dev.waggle.store.lane.StoreOpener;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole store with threads of its own, as the broker opens it. */
public final class OpenedStore implements AutoCloseable {
    private static final long CACHE_BYTES = 16L << 20;

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    public final ChatStore store;

    public OpenedStore(StorageOpener medium, InstantSource clock) {
        LaneParts parts = new LaneParts(
                medium,
                Limits.defaults(),
                LaneLimits.defaults(),
                events -> {},
                StoreMetrics.NOOP,
                clock,
                System::nanoTime,
                readers);
        try {
            store = StoreOpener.open(
                    parts, (current, pool) -> new StoreReads(current, pool, 100, clock), work -> new Thread(work));
        } catch (StorageFailure failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** In files of this directory. */
    public static OpenedStore on(Path directory, InstantSource clock) {
        return new OpenedStore(new RocksOpener(new RocksSettings(directory, CACHE_BYTES)), clock);
    }

    @Override
    public void close() {
        store.close();
        readers.shutdown();
    }
}
