package dev.waggle.broker.account;

import dev.waggle.auth.account.InvitationStore;
import dev.waggle.auth.account.InvitationStoreContract;
import dev.waggle.spec.Limits;
import dev.waggle.store.ChatStore;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.lane.LaneLimits;
import dev.waggle.store.lane.LaneParts;
import dev.waggle.store.lane.StoreOpener;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.rocks.RocksOpener;
import dev.waggle.store.rocks.RocksSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores of invitations, on disk. */
class StoredInvitationsTest extends InvitationStoreContract {
    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.system();
    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private ChatStore store;

    @Override
    protected InvitationStore create() throws Exception {
        LaneParts parts = new LaneParts(
                new RocksOpener(new RocksSettings(directory, 16L << 20)),
                Limits.defaults(),
                LaneLimits.defaults(),
                events -> {},
                StoreMetrics.NOOP,
                clock,
                System::nanoTime,
                readers);
        store = StoreOpener.open(
                parts, (current, pool) -> new StoreReads(current, pool, 100, clock), work -> new Thread(work));
        return new StoredInvitations(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
        readers.shutdown();
    }
}
