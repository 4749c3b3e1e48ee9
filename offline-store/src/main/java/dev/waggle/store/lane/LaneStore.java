package dev.waggle.store.lane;

import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.StoreProblem;
import dev.waggle.store.Ticket;
import dev.waggle.store.storage.CurrentStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store with one committer: the part that any thread may call. Who turns the committer is decided by
 * {@link StoreOpener}: a thread of its own, or the caller, step by step.
 */
public final class LaneStore implements ChatStore {
    private static final String CLOSED = "the store is closed";

    private final CommandQueue queue;
    private final CurrentStorage current;
    private final Returns returns;
    private final Committer committer;
    private final Reads reads;
    private final long closingNanos;
    private volatile boolean closing;
    private volatile boolean closed;
    private volatile Runnable wake = () -> {};
    private @Nullable CommitterThread thread;

    LaneStore(LaneParts parts, CurrentStorage current, Reads reads) {
        this.queue = new CommandQueue(parts.laneLimits());
        this.current = current;
        this.returns = new Returns(parts.readers());
        this.committer = new Committer(parts, queue, current, returns);
        this.reads = reads;
        this.closingNanos = parts.laneLimits().closing().toNanos();
    }

    /** Gives the committer a thread; without one it is turned by {@link #step}. */
    void runOn(CommitterThread committerThread) {
        thread = committerThread;
        wake = committerThread::wake;
        returns.wakeWith(wake);
        committerThread.start();
    }

    Committer committer() {
        return committer;
    }

    @Override
    public boolean submit(Object source, Command command, Ticket ticket) {
        if (closing) {
            ticket.settled(new Outcome.Failed(CLOSED));
            return true;
        }
        if (!queue.offer(new Queued(source, command, ticket, CommandQueue.sizeOf(command)))) {
            return false;
        }
        if (closed) {
            refuseRest(); // it came in while the committer was leaving
        }
        wake.run();
        return true;
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public List<StoreProblem> problems() {
        return closing || closed ? List.of(new StoreProblem("store", CLOSED)) : committer.problems();
    }

    /**
     * Turns the committer once, for a store without a thread; the caller is the committer then.
     *
     * @return false if there was nothing to do
     */
    public boolean step() {
        if (thread != null) {
            throw new IllegalStateException("this store has a thread of its own");
        }
        return committer.runOnce();
    }

    /** Commands taken and not settled. */
    public int queueLength() {
        return queue.length();
    }

    @Override
    public void close() {
        closing = true;
        CommitterThread own = thread;
        if (own != null) {
            own.finish();
        } else if (!closed) {
            while (committer.runOnce()) {
                // what can be committed without waiting for anybody is
            }
            finish();
        }
    }

    boolean isClosing() {
        return closing;
    }

    long closingNanos() {
        return closingNanos;
    }

    /** The last turn: what is not committed fails. */
    void finish() {
        committer.failAll(CLOSED);
        closed = true;
        refuseRest();
        current.close();
    }

    boolean isStorageClosed() {
        return current.close();
    }

    private void refuseRest() {
        Queued late = queue.poll();
        while (late != null) {
            queue.settled(1, late.bytes);
            late.ticket.settled(new Outcome.Failed(CLOSED));
            late = queue.poll();
        }
    }
}
