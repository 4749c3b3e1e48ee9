package dev.waggle.broker.gateway.memory;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** The thread of one connection: its tasks run one after the other in order, even on an executor that shuffles. */
final class Lane implements Executor {
    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    Lane(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        executor.execute(() -> tasks.remove().run());
    }
}
