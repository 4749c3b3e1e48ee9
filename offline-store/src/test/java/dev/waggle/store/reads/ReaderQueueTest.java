package dev.waggle.store.reads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.store.memory.MemoryMedium;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ReaderQueueTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final CurrentStorage current = new CurrentStorage();
    private final MemoryMedium medium = new MemoryMedium();

    @Test
    void ask_overTheLimit_failsAtOnce() throws StorageFailure {
        current.put(medium.open());
        ReaderQueue queue = new ReaderQueue(current, tasks::add, 2);
        CompletionStage<String> first = queue.ask(view -> "one");
        queue.ask(view -> "two");

        assertThat(queue.ask(view -> "three").toCompletableFuture())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("2 queries at a time");
        assertThat(queue.waiting()).isEqualTo(2);

        tasks.remove().run();
        assertThat(first.toCompletableFuture()).isCompletedWithValue("one");
        CompletableFuture<String> fourth = queue.ask(view -> "four").toCompletableFuture();
        tasks.forEach(Runnable::run);
        assertThat(fourth).isCompletedWithValue("four");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void ask_thatFails_freesItsPlace() throws StorageFailure {
        current.put(medium.open());
        ReaderQueue queue = new ReaderQueue(current, Runnable::run, 1);

        assertThat(queue.ask(view -> {
                            throw new StorageFailure(StorageFailure.Kind.DAMAGED, "no good");
                        })
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(queue.ask(view -> {
                            throw new IllegalStateException("a bug");
                        })
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(queue.ask(view -> "next").toCompletableFuture()).isCompletedWithValue("next");
    }

    @Test
    void ask_whenTheReadersAreGone_fails() throws StorageFailure {
        current.put(medium.open());
        ReaderQueue queue = new ReaderQueue(
                current,
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                1);

        assertThat(queue.ask(view -> "x").toCompletableFuture()).isCompletedExceptionally();
        assertThat(queue.waiting()).isZero();
    }
}
