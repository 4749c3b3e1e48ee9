package dev.waggle.store.reads;

import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.StorageFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands queries to the readers, so many at a time and no more. */
final class ReaderQueue {
    private final CurrentStorage current;
    private final Executor readers;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();

    ReaderQueue(CurrentStorage current, Executor readers, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        this.current = current;
        this.readers = readers;
        this.limit = limit;
    }

    /** Queries asked and not answered. */
    int waiting() {
        return waiting.get();
    }

    /**
     * Runs the reading on a reader. The stage fails with {@link RejectedExecutionException} if too many wait or the
     * readers are gone, with {@link StorageFailure} if the disk failed.
     */
    <T> CompletionStage<T> ask(CurrentStorage.Reading<T> reading) {
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            return CompletableFuture.failedStage(new RejectedExecutionException(
                    "the store answers " + limit + " queries at a time and as many wait already; ask a little later"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            readers.execute(() -> run(reading, answer));
        } catch (RejectedExecutionException gone) {
            waiting.decrementAndGet();
            answer.completeExceptionally(gone);
        }
        return answer;
    }

    private <T> void run(CurrentStorage.Reading<T> reading, CompletableFuture<T> answer) {
        T value;
        try {
            value = current.read(reading);
        } catch (StorageFailure | RuntimeException failure) {
            waiting.decrementAndGet();
            answer.completeExceptionally(failure);
            return;
        }
        waiting.decrementAndGet();
        answer.complete(value);
    }
}
