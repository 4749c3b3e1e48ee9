package dev.waggle.push.endpoint;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that waits for other people's servers. No host gets more than its share of them, so one that does not
 * answer holds up nobody else; hosts with work waiting take turns. Any thread.
 */
final class HostQueues implements AutoCloseable {

    /**
     * @param threads at a time, over all hosts
     * @param perHost of them for one host
     * @param waiting tasks that wait, over all hosts
     */
    record Limits(int threads, int perHost, int waiting) {}

    /** What one host has here; there is none without work. */
    private static final class Share {
        private int running;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostQueues.class);

    private final ExecutorService threads;
    private final Limits limits;

    /** The first one has waited longest for its turn. */
    private final Map<String, Share> shares = new LinkedHashMap<>();

    private int running;
    private int waiting;

    /** @param factory its threads are idle for a minute before they end */
    HostQueues(ThreadFactory factory, Limits limits) {
        // As many as are running: the limit is kept here.
        this.threads = Executors.newCachedThreadPool(factory);
        this.limits = limits;
    }

    /** Runs the task soon, or says false: too many are waiting. */
    boolean run(String host, Runnable task) {
        synchronized (this) {
            Share share = shares.computeIfAbsent(host, name -> new Share());
            if (running >= limits.threads() || share.running >= limits.perHost()) {
                if (waiting >= limits.waiting()) {
                    return false;
                }
                share.waiting.add(task);
                waiting++;
                return true;
            }
            share.running++;
            running++;
        }
        try {
            threads.execute(() -> work(host, task));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void work(String host, Runnable first) {
        @Nullable Turn turn = new Turn(host, first);
        while (turn != null) {
            try {
                turn.task().run();
            } catch (RuntimeException bug) {
                LOG.error("a task for a push service failed: this is a bug", bug);
            }
            turn = next(turn.host());
        }
    }

    private record Turn(String host, Runnable task) {}

    /** Ends the turn of one host and takes the next one, perhaps of another. */
    private synchronized @Nullable Turn next(String finished) {
        Share share = shares.get(finished);
        if (share != null && --share.running == 0 && share.waiting.isEmpty()) {
            shares.remove(finished);
        }
        Iterator<Map.Entry<String, Share>> all = shares.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Share> candidate = all.next();
            Share its = candidate.getValue();
            if (its.running < limits.perHost() && its.waiting.peek() != null) {
                all.remove();
                shares.put(candidate.getKey(), its);
                its.running++;
                waiting--;
                return new Turn(candidate.getKey(), its.waiting.remove());
            }
        }
        running--;
        return null;
    }

    /** Interrupts what is running; what is waiting is not run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
