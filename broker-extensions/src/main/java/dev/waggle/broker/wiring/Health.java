package dev.waggle.broker.wiring;

import dev.waggle.broker.http.AdminRoute.Problem;
import dev.waggle.store.ChatStore;
import dev.waggle.store.StoreProblem;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;

/** Whether the broker is ready: started, not stopping, and the store takes messages. Any thread. */
@Singleton
final class Health {
    private final ChatStore store;
    private volatile String phase = "starting";

    @Inject
    Health(ChatStore store) {
        this.store = store;
    }

    void ready() {
        phase = "";
    }

    void stopping() {
        phase = "stopping";
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        String now = phase;
        if (!now.isEmpty()) {
            problems.add(new Problem("process", "the broker is " + now));
        }
        for (StoreProblem problem : store.problems()) {
            problems.add(new Problem(problem.check(), problem.message()));
        }
        return problems;
    }
}
