package dev.waggle.store.storage;

import dev.waggle.spec.RunsOn;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The storage that is open now, for many readers and for the one writer that closes it after a failure and opens it
 * again. Readers never see a handle that is being closed: while there is none to read from, they are refused.
 */
public final class CurrentStorage {
    private static final int RETIRED = Integer.MIN_VALUE;

    /** Reads in progress, plus {@link #RETIRED} while no new one may begin. */
    private final AtomicInteger reads = new AtomicInteger(RETIRED);

    private volatile @Nullable Storage storage;

    /** A read of one snapshot. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Snapshot snapshot) throws StorageFailure;
    }

    /**
     * Reads from a snapshot of committed state. Blocks on the disk; any thread but the committer.
     *
     * @throws StorageFailure of kind {@code FAILED} while the store is being reopened, besides those of the reading
     */
    public <T> T read(Reading<T> reading) throws StorageFailure {
        Storage open = begin();
        try (Snapshot snapshot = open.snapshot()) {
            return reading.from(snapshot);
        } finally {
            reads.decrementAndGet();
        }
    }

    /** The handle to write to, or null while there is none. */
    @RunsOn("committer")
    public @Nullable Storage open() {
        return storage;
    }

    /** A new handle; readers are let in. */
    @RunsOn("committer")
    public void put(Storage opened) {
        storage = opened;
        reads.set(0);
    }

    /**
     * Lets no new reader in and takes the handle away when the last one has gone.
     *
     * @return true if it is closed; false if somebody still reads: call again
     */
    @RunsOn("committer")
    public boolean close() {
        int now = reads.updateAndGet(count -> count >= 0 ? count + RETIRED : count);
        Storage open = storage;
        if (now != RETIRED) {
            return false;
        }
        if (open != null) {
            storage = null;
            open.close();
        }
        return true;
    }

    private Storage begin() throws StorageFailure {
        int count = reads.get();
        while (count >= 0) {
            if (reads.compareAndSet(count, count + 1)) {
                Storage open = storage;
                if (open != null) {
                    return open;
                }
                reads.decrementAndGet();
                break;
            }
            count = reads.get();
        }
        throw new StorageFailure(StorageFailure.Kind.FAILED, "the store is being opened again; ask a little later");
    }
}
