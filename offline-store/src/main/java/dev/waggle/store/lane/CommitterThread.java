package dev.waggle.store.lane;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the committer as long as the store is open, and sleeps while there is nothing to do. */
final class CommitterThread {
    private static final Logger log = LoggerFactory.getLogger(CommitterThread.class);
    /** How often a closing store looks whether the last reader has gone. */
    private static final long CLOSING_NANOS = 1_000_000;

    private final LaneStore store;
    private final Committer committer;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean asleep;

    CommitterThread(LaneStore store, ThreadFactory threads, LongSupplier nanoTime) {
        this.store = store;
        this.committer = store.committer();
        this.nanoTime = nanoTime;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Any thread. */
    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until everything is committed or failed and the storage is closed. Any thread but the committer. */
    void finish() {
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (finished.getCount() > 0) {
            try {
                finished.await();
            } catch (InterruptedException e) {
                interrupted = true; // a store that is half closed helps nobody
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!store.isClosing()) {
                if (!committer.runOnce()) {
                    sleep();
                }
            }
            close();
        } catch (RuntimeException | Error bug) {
            log.error("the committer ended in an error; the store is closed", bug);
            throw bug;
        } finally {
            store.finish();
            finished.countDown();
        }
    }

    private void close() {
        long until = nanoTime.getAsLong() + store.closingNanos();
        while (committer.runOnce() || committer.parked() > 0) {
            if (nanoTime.getAsLong() - until > 0) {
                break;
            }
            if (!committer.hasWork()) {
                LockSupport.parkNanos(CLOSING_NANOS);
            }
        }
        store.finish();
        while (!store.isStorageClosed() && nanoTime.getAsLong() - until < store.closingNanos()) {
            LockSupport.parkNanos(CLOSING_NANOS);
        }
    }

    private void sleep() {
        asleep = true;
        if (!committer.hasWork() && !store.isClosing()) {
            long nanos = committer.idleNanos();
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        asleep = false;
    }
}
