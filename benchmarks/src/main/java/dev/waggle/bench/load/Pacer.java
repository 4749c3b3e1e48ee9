package dev.waggle.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a loop when the messages of an open-loop run are due: message n at {@code start + n / rate}, whatever the broker
 * does meanwhile. Latency counted from that moment has no coordinated omission.
 */
public final class Pacer implements AutoCloseable {
    private final Loop loop;
    private final Runnable onDue;
    private final double nanosPerMessage;
    private final long startNanos;
    private final Thread thread;
    private final AtomicLong announced = new AtomicLong();
    private volatile long stoppedNanos;
    private volatile boolean running = true;

    /** @param onDue runs on the loop's thread whenever at least one more message is due */
    public Pacer(Loop loop, double perSecond, Runnable onDue) {
        this.loop = loop;
        this.onDue = onDue;
        this.nanosPerMessage = 1e9 / perSecond;
        this.startNanos = System.nanoTime();
        this.thread = new Thread(this::run, "pacer");
        thread.setDaemon(true);
        thread.start();
    }

    /** When message {@code number} (0, 1, …) is due, as {@link System#nanoTime()}. */
    public long dueNanos(long number) {
        return startNanos + (long) (number * nanosPerMessage);
    }

    /** How many messages are due by now; none become due after {@link #close()}. */
    public long due(long nowNanos) {
        long at = running ? nowNanos : stoppedNanos;
        return (long) ((at - startNanos) / nanosPerMessage) + 1;
    }

    private void run() {
        while (running) {
            long due = due(System.nanoTime());
            if (due > announced.get()) {
                announced.set(due);
                loop.execute(onDue);
            }
            LockSupport.parkNanos(Math.max(1_000, dueNanos(due) - System.nanoTime()));
        }
    }

    @Override
    public void close() {
        if (!running) {
            return;
        }
        stoppedNanos = System.nanoTime();
        running = false;
        LockSupport.unpark(thread);
    }
}
