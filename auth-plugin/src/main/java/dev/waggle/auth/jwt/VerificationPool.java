package dev.waggle.auth.jwt;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that check signatures: few, named, daemons, with a bounded queue. A check costs about 1 ms of a processor
 * (JDK 17, P-256). The default queue takes the reconnects of some thousand devices after a restart, and is worked off in
 * two seconds or so, before the authenticator gives up; longer would be no service to anybody, for the host holds
 * everything of a client id behind its CONNECT, also when a stranger sent that CONNECT.
 */
public final class VerificationPool {
    public static final int DEFAULT_THREADS = 2;
    public static final int DEFAULT_QUEUE = 4_000;

    private VerificationPool() {}

    /** To be shut down by whoever made it; it rejects what does not fit into the queue. */
    public static ThreadPoolExecutor of(int threads, int queue) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "waggle-auth-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
