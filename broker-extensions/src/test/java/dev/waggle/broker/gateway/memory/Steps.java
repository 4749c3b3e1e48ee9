package dev.waggle.broker.gateway.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** An executor that runs nothing until told to: the threads of a simulation. Not thread-safe. */
public final class Steps implements Executor {
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Runs the oldest task; false if there is none. */
    public boolean step() {
        return run(0);
    }

    /** Runs any task, chosen by the generator; false if there is none. */
    public boolean step(RandomGenerator random) {
        return run(tasks.isEmpty() ? 0 : random.nextInt(tasks.size()));
    }

    private boolean run(int index) {
        if (tasks.isEmpty()) {
            return false;
        }
        tasks.remove(index).run();
        return true;
    }

    /** Runs until nothing is left; fails after a million tasks, which is a loop. */
    public void runAll() {
        for (int i = 0; step(); i++) {
            if (i == 1_000_000) {
                throw new IllegalStateException("a million tasks and no end");
            }
        }
    }
}
