package dev.waggle.broker.account;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.RecordPage;
import dev.waggle.store.Reads.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store's records for callers that wait: on threads that are there for waiting, such as those of accounts. What
 * returned is durable. Throws {@link UncheckedIOException} if the store fails, is full or does not answer; after that the
 * outcome of a change is not known.
 */
final class Records {
    /** A commit takes milliseconds; opening the store again after a failure takes seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChatStore store;
    private final InstantSource clock;

    Records(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<StoredRecord> get(RecordKey key) {
        return read(store.reads().record(key));
    }

    /** @param limit 1…1000 */
    RecordPage page(String kind, Bytes prefix, @Nullable Bytes after, int limit) {
        return read(store.reads().records(kind, prefix, after, limit));
    }

    /**
     * @param expected version that is there, 0 for none
     * @param value null deletes
     * @return false if another version is there, and nothing was changed
     */
    boolean put(RecordKey key, long expected, @Nullable Bytes value) {
        Command command = new Command.PutRecord(key, expected, value, clock.millis());
        Outcome outcome = await(answer -> {
            if (!store.submit(answer, command, answer::accept)) {
                answer.accept(new Outcome.Failed("the store has too much to do"));
            }
        });
        if (outcome instanceof Outcome.Failed failed) {
            throw failure(failed.reason(), null);
        }
        return outcome instanceof Outcome.Accepted;
    }

    /** Either is null. */
    private record Answer<T>(@Nullable T value, @Nullable Throwable failure) {}

    private static <T> T read(CompletionStage<T> stage) {
        Answer<T> answer = await(to -> stage.whenComplete((value, failure) -> to.accept(new Answer<>(value, failure)))
                .exceptionally(told -> null));
        T value = answer.value();
        if (value == null) {
            throw failure("the store cannot be read", answer.failure());
        }
        return value;
    }

    private static <T> T await(Consumer<Consumer<T>> question) {
        AtomicReference<@Nullable T> told = new AtomicReference<>();
        CountDownLatch answered = new CountDownLatch(1);
        question.accept(answer -> {
            told.set(answer);
            answered.countDown();
        });
        try {
            if (!answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("the store did not answer within " + PATIENCE.toSeconds() + " s", null);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while the store was at work", ending);
        }
        T answer = told.get();
        if (answer == null) {
            throw new IllegalStateException("answered with nothing");
        }
        return answer;
    }

    private static UncheckedIOException failure(String message, @Nullable Throwable cause) {
        return new UncheckedIOException(new IOException(message, cause));
    }
}
