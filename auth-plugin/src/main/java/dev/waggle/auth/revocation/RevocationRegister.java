package dev.waggle.auth.revocation;

import dev.waggle.spec.UserId;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes revocations and keeps table and store alike, one change after the other. What closes holds at once, even before
 * it is durable; what opens holds when it is durable. So a store that fails lets nobody in. Any thread; never blocks.
 */
public final class RevocationRegister {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationRegister.class);

    /** Changes that wait for the disk: an administrator's script, not a load to carry. */
    static final int MOST_WAITING = 1_000;

    /** Forgotten in one sweep; the rest waits for the next. */
    private static final int MOST_FORGOTTEN = 500;

    private final Revocations table = new Revocations();
    private final RevocationStore store;
    private final InstantSource clock;
    private final Object turn = new Object();
    private CompletionStage<Outcome> last = CompletableFuture.completedFuture(Outcome.DONE);
    private int waiting;

    /** How a change ended. */
    public enum Outcome {
        /** It holds, also after a restart. */
        DONE,
        /** There is no room for more of its kind; nothing changed. */
        FULL,
        /** Too many changes wait; nothing changed. */
        BUSY,
        /** Not known whether it is durable: a revocation holds until the restart at least, an enabling does not hold. */
        FAILED
    }

    /** Knows at once what the store has kept; blocks until it is read. */
    public RevocationRegister(RevocationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.load().forEach(table::keep);
        sweep();
    }

    public Revocations table() {
        return table;
    }

    public CompletionStage<Outcome> revoke(Revocation revocation) {
        synchronized (turn) {
            if (waiting >= MOST_WAITING) {
                return CompletableFuture.completedFuture(Outcome.BUSY);
            }
            if (table.add(revocation).isEmpty()) {
                return CompletableFuture.completedFuture(Outcome.FULL);
            }
            // Once more in its turn: an enabling that was asked for earlier may have its turn in between.
            return inTurn(() -> store.put(table.keep(revocation)));
        }
    }

    public CompletionStage<Outcome> enable(UserId user) {
        Key key = Key.disabled(user);
        synchronized (turn) {
            if (waiting >= MOST_WAITING) {
                return CompletableFuture.completedFuture(Outcome.BUSY);
            }
            return inTurn(() -> store.remove(key).thenRun(() -> table.drop(key)));
        }
    }

    /** Forgets what speaks of no good token any more. To be called now and then. */
    public void sweep() {
        synchronized (turn) {
            for (Key key : table.expired(clock.millis(), MOST_FORGOTTEN)) {
                if (waiting >= MOST_WAITING) {
                    return;
                }
                CompletionStage<Outcome> unused = inTurn(() -> forget(key));
            }
        }
    }

    private CompletionStage<Void> forget(Key key) {
        return !table.isExpired(key, clock.millis())
                ? CompletableFuture.completedFuture(null)
                : store.remove(key).thenRun(() -> table.dropExpired(key, clock.millis()));
    }

    private CompletionStage<Outcome> inTurn(Supplier<CompletionStage<Void>> change) {
        waiting++;
        last = last.thenCompose(before -> change.get()).handle((done, failure) -> {
            synchronized (turn) {
                waiting--;
            }
            if (failure != null) {
                LOG.error("a change of the revocations may not be durable", failure);
                return Outcome.FAILED;
            }
            return Outcome.DONE;
        });
        return last;
    }
}
