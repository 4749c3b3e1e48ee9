package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import java.util.List;

/** All background work of a store, as one thing to turn. */
@RunsOn("committer")
final class Sweeps {
    private final List<Sweep> sweeps;

    Sweeps(Sweep... sweeps) {
        this.sweeps = List.of(sweeps);
    }

    /** Asks the readers for the pages that are due. */
    boolean start() {
        boolean any = false;
        for (int i = 0; i < sweeps.size(); i++) {
            any |= sweeps.get(i).start();
        }
        return any;
    }

    boolean isDue() {
        return sweeps.stream().anyMatch(Sweep::isDue);
    }

    /** Nanoseconds until one is due. */
    long idleNanos() {
        return sweeps.stream().mapToLong(Sweep::idleNanos).min().orElse(Long.MAX_VALUE);
    }

    void abandon() {
        sweeps.forEach(Sweep::abandon);
    }
}
