package dev.waggle.bench.load;

import dev.waggle.bench.report.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a fixed rate from a few threads until it is closed: an open loop, so a call that waits for the one before it
 * counts from when it was due.
 */
public final class Callers implements AutoCloseable {
    private static final int THREADS = 4;

    private final Latency latency = new Latency();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final long begin = System.nanoTime();
    private final double perSecond;
    private final IntConsumer call;
    private volatile boolean over;

    /** @param call given the number of the call; any of the threads */
    public Callers(double perSecond, IntConsumer call) {
        this.perSecond = perSecond;
        this.call = call;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::run, "caller-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        while (!over) {
            int number = next.getAndIncrement();
            long due = begin + (long) (number * 1e9 / perSecond);
            long wait = due - System.nanoTime();
            while (wait > 0 && !over) {
                LockSupport.parkNanos(wait);
                wait = due - System.nanoTime();
            }
            try {
                call.accept(number);
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                return;
            }
            synchronized (latency) {
                latency.record(System.nanoTime() - due);
            }
        }
    }

    /** Ends them and gives the times of the calls, due → answered. */
    public Latency end() {
        close();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return latency;
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
