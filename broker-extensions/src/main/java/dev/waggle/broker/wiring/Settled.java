package dev.waggle.broker.wiring;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage within a time. Only the start and the stop of the process wait like this; their threads have
 * nothing else to do.
 *
 * @param value null if it failed or was not done in time
 * @param failure null if it did not fail in time
 * @param done false if the time ran out
 */
record Settled<T>(@Nullable T value, @Nullable Throwable failure, boolean done) {

    static <T> Settled<T> of(CompletionStage<T> stage, Duration limit) {
        AtomicReference<@Nullable Settled<T>> outcome = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        stage.whenComplete((value, failure) -> {
                    outcome.set(new Settled<>(value, cause(failure), true));
                    told.countDown();
                })
                .exceptionally(kept -> null);
        try {
            if (!told.await(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS)) {
                return new Settled<>(null, null, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Settled<T> settled = outcome.get();
        return settled == null ? new Settled<>(null, null, false) : settled;
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
