package dev.waggle.auth.account;

import dev.waggle.auth.password.HashingUnavailable;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of accounts. Hashing is slow by intent, and strangers can ask for it, so it has threads and a short queue of
 * its own, and never more than half of the machine: 32 that wait for one thread are some seconds. What needs no hash, a
 * refresh above all, does not wait behind it.
 * Whoever makes it closes it.
 */
public final class AccountThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccountThreads.class);

    /** Each hash takes 19 MiB of the hashing process while it lasts. */
    private static final int MOST_HASHING_THREADS = 8;

    public static final int HASHING_QUEUE = 32;
    /** They wait for the store's disk. */
    public static final int QUICK_THREADS = 2;

    public static final int QUICK_QUEUE = 1_000;

    private static final AccountAnswer NO_HASH =
            new AccountAnswer.Unavailable("passwords cannot be checked now, nothing was changed; try again");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ThreadPoolExecutor hashing;
    private final ThreadPoolExecutor quick;

    /** @param cores of the machine; half of them, one at least and eight at most, hash passwords */
    public AccountThreads(int cores) {
        this(hashingThreads(cores), HASHING_QUEUE);
    }

    /** As many hashes are asked for at once, at most. */
    public static int hashingThreads(int cores) {
        return Math.min(MOST_HASHING_THREADS, Math.max(1, cores / 2));
    }

    AccountThreads(int hashingThreads, int hashingQueue) {
        hashing = pool("waggle-passwords-", hashingThreads, hashingQueue);
        quick = pool("waggle-accounts-", QUICK_THREADS, QUICK_QUEUE);
    }

    private static ThreadPoolExecutor pool(String name, int threads, int queue) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    CompletionStage<AccountAnswer> hashing(Supplier<AccountAnswer> work) {
        return on(hashing, work);
    }

    CompletionStage<AccountAnswer> quick(Supplier<AccountAnswer> work) {
        return on(quick, work);
    }

    /** @param pause zero or a moment; holds no thread */
    CompletionStage<AccountAnswer> after(Duration pause, Supplier<CompletionStage<AccountAnswer>> work) {
        if (pause.isZero()) {
            return work.get();
        }
        Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(waited -> work.get());
    }

    private static CompletionStage<AccountAnswer> on(ThreadPoolExecutor pool, Supplier<AccountAnswer> work) {
        CompletableFuture<AccountAnswer> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> {
                try {
                    answer.complete(work.get());
                } catch (HashingUnavailable e) { // hashes come before changes: nothing is done yet
                    LOG.debug("a request about an account had no hash: {}", e.getMessage());
                    answer.complete(NO_HASH);
                } catch (RuntimeException | Error e) { // no memory, above all: somebody waits all the same
                    LOG.error("a request about an account failed; its outcome is not known", e);
                    answer.complete(new AccountAnswer.Failed());
                }
            });
        } catch (RejectedExecutionException e) {
            answer.complete(new AccountAnswer.Busy(RETRY_AFTER));
        }
        return answer;
    }

    @Override
    public void close() {
        hashing.shutdown();
        quick.shutdown();
    }
}
