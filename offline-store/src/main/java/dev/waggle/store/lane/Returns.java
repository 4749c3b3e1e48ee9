package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends work to the readers and takes back, on the committer, what follows from it. Every piece of work comes back
 * exactly once. Unbounded, because what is sent is: one piece per chunk of states of the bounded queue, one per trim.
 */
final class Returns {
    private final ConcurrentLinkedQueue<Runnable> back = new ConcurrentLinkedQueue<>();
    private final Executor readers;
    private volatile Runnable wake = () -> {};

    Returns(Executor readers) {
        this.readers = readers;
    }

    /** What to call when something came back; from any thread. */
    void wakeWith(Runnable wakeUp) {
        wake = wakeUp;
    }

    /** Work for a reader. */
    interface Work {
        /**
         * May block on the disk; must not throw.
         *
         * @return what the committer is to do then
         */
        Runnable read();
    }

    /**
     * @param refused what the committer is to do if no reader takes the work
     */
    @RunsOn("committer")
    void send(Work work, Runnable refused) {
        try {
            readers.execute(() -> {
                back.add(work.read());
                wake.run();
            });
        } catch (RejectedExecutionException closed) {
            back.add(refused);
        }
    }

    /** Runs what came back. */
    @RunsOn("committer")
    boolean run() {
        boolean any = false;
        Runnable next = back.poll();
        while (next != null) {
            any = true;
            next.run();
            next = back.poll();
        }
        return any;
    }

    boolean isEmpty() {
        return back.isEmpty();
    }
}
