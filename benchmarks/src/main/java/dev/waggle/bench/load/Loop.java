package dev.waggle.bench.load;

import dev.waggle.bench.wire.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread with one selector that owns any number of {@link LoadClient}s. Everything they do happens here. */
public final class Loop implements AutoCloseable {
    private static final int READ_BUFFER_BYTES = 256 * 1024;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos));
    private final List<LoadClient> dirty = new ArrayList<>();
    private volatile boolean running = true;
    private volatile @Nullable Throwable failure;

    /** Shared by all connections of this loop: only an unfinished packet outlives a read. */
    final byte[] readBuffer = new byte[READ_BUFFER_BYTES];

    final Packet packet = new Packet();

    private record Timer(long dueNanos, Runnable task) {}

    public Loop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on this loop's thread, soon. Any thread may call it. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs a task later. Only from this loop's thread. */
    public void after(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), task));
    }

    /** Runs a question on this loop's thread and waits for its answer. Not from this loop's thread. */
    public <T> T ask(Supplier<T> question) {
        List<T> answer = new ArrayList<>(1);
        CountDownLatch done = new CountDownLatch(1);
        execute(() -> {
            try {
                answer.add(question.get());
            } finally {
                done.countDown();
            }
        });
        try {
            while (!done.await(100, TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (answer.isEmpty()) {
            check();
            throw new IllegalStateException("the load loop failed");
        }
        return answer.get(0);
    }

    /** Throws what ended this loop's thread, if anything did. */
    public void check() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the load loop failed: " + cause, cause);
        }
    }

    void dirty(LoadClient client) {
        dirty.add(client);
    }

    Selector selector() {
        return selector;
    }

    private void run() {
        try {
            while (running) {
                selector.select(this::ready, untilNextTimer());
                runTasks();
                runTimers();
                flushDirty();
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            closeAll();
        }
    }

    private void ready(SelectionKey key) {
        ((LoadClient) key.attachment()).ready(key);
    }

    private long untilNextTimer() {
        Timer next = timers.peek();
        if (!tasks.isEmpty()) {
            return 1;
        }
        return next == null ? 1000 : Math.max(1, Math.min(1000, (next.dueNanos() - System.nanoTime()) / 1_000_000 + 1));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runTimers() {
        for (Timer next = timers.peek();
                next != null && next.dueNanos() - System.nanoTime() <= 0;
                next = timers.peek()) {
            timers.remove();
            next.task().run();
        }
    }

    private void flushDirty() {
        // By index: a flush that fails may end a connection, whose listener may write on another one.
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
