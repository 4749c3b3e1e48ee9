package dev.waggle.store.rocks;

import dev.waggle.store.storage.StorageFailure;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Keeps the close from pulling native memory away under a call in progress. */
final class Gate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean shut;

    /** A call begins; {@link #leave} must follow. */
    void enter() throws StorageFailure {
        lock.readLock().lock();
        if (shut) {
            lock.readLock().unlock();
            throw new StorageFailure(StorageFailure.Kind.CLOSED, "the store is closed");
        }
    }

    void leave() {
        lock.readLock().unlock();
    }

    /** Waits for the calls in progress, lets no more in, then runs this; the second time it does nothing. */
    void shut(Runnable giveBack) {
        lock.writeLock().lock();
        try {
            if (!shut) {
                shut = true;
                giveBack.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
