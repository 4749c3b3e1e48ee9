package dev.waggle.broker.session;

import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends of sessions on their way to the store. The connection is gone, so nobody else would try again. Any thread.
 *
 * <p>If one is lost for good, the device counts as still connected by a process that crashed: its cursor falls back and
 * what comes again carries DUP.
 */
final class LateCloses {
    /** More than these wait only if the store is gone. */
    private static final int MOST = 20_000;

    private final ChatStore store;
    private final Queue<Command.CloseSession> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    LateCloses(ChatStore store) {
        this.store = store;
    }

    void add(Command.CloseSession close) {
        if (!submit(close)) {
            later(close);
        }
    }

    private boolean submit(Command.CloseSession close) {
        // Each is its own source: one that waits for the disk keeps no other waiting.
        return store.submit(close, close, outcome -> {
            if (outcome instanceof Outcome.Failed) {
                later(close);
            }
        });
    }

    private void later(Command.CloseSession close) {
        if (size.incrementAndGet() <= MOST) {
            waiting.add(close);
        } else {
            size.decrementAndGet();
        }
    }

    /** Tries again those that wait. */
    void tick() {
        if (waiting.isEmpty() || !store.problems().isEmpty()) {
            return;
        }
        for (int left = size.get(); left > 0; left--) {
            Command.CloseSession close = waiting.poll();
            if (close == null) {
                return;
            }
            size.decrementAndGet();
            if (!submit(close)) {
                later(close);
                return;
            }
        }
    }
}
