package dev.waggle.broker.wiring;

import dev.waggle.auth.jwt.TrustedIssuers;
import dev.waggle.broker.http.AdminRoute.Problem;
import dev.waggle.store.ChatStore;
import dev.waggle.store.StoreProblem;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;

/** Whether the broker is ready: started, not stopping, the store takes messages, keys of issuers are there. Any thread. */
@Singleton
final class Health {
    private final ChatStore store;
    private final TrustedIssuers issuers;
    private volatile String phase = "starting";

    @Inject
    Health(ChatStore store, TrustedIssuers issuers) {
        this.store = store;
        this.issuers = issuers;
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
        for (String problem : issuers.problems()) {
            problems.add(new Problem("keys", problem));
        }
        return problems;
    }
}
