package dev.waggle.store.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks when it is told to, on the thread that tells; or at once. */
public final class ManualExecutor implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean holding;
    private boolean refusing;

    /** From now on tasks wait. */
    public void hold() {
        holding = true;
    }

    /** From now on tasks run at once; those that waited run now. */
    public void release() {
        holding = false;
        while (runOne()) {
            // all of them
        }
    }

    /** From now on it behaves like one that was shut down. */
    public void refuse() {
        refusing = true;
    }

    @Override
    public void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("shut down");
        }
        if (holding) {
            waiting.add(task);
        } else {
            task.run();
        }
    }

    /** Runs the task that waited longest. */
    public boolean runOne() {
        Runnable task = waiting.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs the task that came last. */
    public boolean runNewest() {
        Runnable task = waiting.pollLast();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    public int size() {
        return waiting.size();
    }
}
