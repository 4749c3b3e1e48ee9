package dev.waggle.store.lane;

import dev.waggle.store.Reads;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.StorageFailure;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** The one way to a store. */
public final class StoreOpener {
    private StoreOpener() {}

    /** Makes the queries over a storage. */
    @FunctionalInterface
    public interface ReadsOver {
        Reads over(CurrentStorage current, Executor readers);
    }

    /**
     * Opens the store and starts its committer. Blocks while the log is replayed.
     *
     * @param threads makes the committer's thread, one
     * @throws StorageFailure if the storage cannot be opened; the message says what to do
     */
    public static LaneStore open(LaneParts parts, ReadsOver reads, ThreadFactory threads) throws StorageFailure {
        LaneStore store = stepped(parts, reads);
        store.runOn(new CommitterThread(store, threads, parts.nanoTime()));
        return store;
    }

    /** Opens a store without a thread: {@link LaneStore#step} turns its committer. For tests and simulations. */
    public static LaneStore stepped(LaneParts parts, ReadsOver reads) throws StorageFailure {
        CurrentStorage current = new CurrentStorage();
        current.put(parts.storage().open());
        return new LaneStore(parts, current, reads.over(current, parts.readers()));
    }
}
