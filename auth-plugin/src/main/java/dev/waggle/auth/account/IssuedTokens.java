package dev.waggle.auth.account;

import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.auth.revocation.RevocationRegister.Outcome;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The access tokens that log-ins gave and that are still out there. */
final class IssuedTokens {
    /** A commit takes milliseconds; opening the store again after a failure takes seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RevocationRegister register;
    private final InstantSource clock;

    IssuedTokens(RevocationRegister register, InstantSource clock) {
        this.register = register;
        this.clock = clock;
    }

    /**
     * None of them counts any more, and that is durable. Blocks; on {@link AccountThreads} only.
     *
     * @param device null: on all devices of the user
     * @throws UncheckedIOException if it is not known to be durable
     */
    void end(UserId user, @Nullable DeviceId device) {
        Revocation all = new Revocation.OfLogIns(user, device, Revocation.fromNow(clock.millis()));
        AtomicReference<@Nullable Outcome> told = new AtomicReference<>();
        CountDownLatch answered = new CountDownLatch(1);
        CompletionStage<Void> unused = register.revoke(all).thenAccept(outcome -> {
            told.set(outcome);
            answered.countDown();
        });
        try {
            if (!answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || told.get() != Outcome.DONE) {
                throw failure("access tokens of a log-in may not be revoked: " + told.get(), null);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while the store was at work", ending);
        }
    }

    /**
     * How long a new one would not count, because those of the same second do not: less than a second, for the owner who
     * logs in again at once is to get in.
     */
    Duration untilGood(UserId user, DeviceId device) {
        long wait = register.table().goodFrom(user, device) - clock.millis();
        return wait > 0 && wait <= LONGEST_PAUSE.toMillis() ? Duration.ofMillis(wait) : Duration.ZERO;
    }

    private static UncheckedIOException failure(String message, @Nullable Throwable cause) {
        return new UncheckedIOException(new IOException(message, cause));
    }
}
