package dev.waggle.bench.scenario;

import dev.waggle.bench.target.ProcessUse;
import dev.waggle.bench.target.Target;
import dev.waggle.bench.target.Waiting;
import java.time.Duration;
import java.util.List;

/** Waits until brokers have finished what an earlier run left them to do, such as compaction. */
final class Quiet {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final int STEPS = 40;
    private static final double IDLE_CORES = 0.1;

    private Quiet() {}

    /** At most 20 s; then the run goes on, and its figure for other load shows it. */
    static void await(List<Target> targets) {
        for (int i = 0; i < STEPS; i++) {
            double before = cpu(targets);
            Waiting.pause(STEP);
            if (cpu(targets) - before < IDLE_CORES * STEP.toMillis() / 1000) {
                return;
            }
        }
    }

    private static double cpu(List<Target> targets) {
        return targets.stream()
                .mapToDouble(target -> ProcessUse.cpuSeconds(target.process().pid()))
                .sum();
    }
}
