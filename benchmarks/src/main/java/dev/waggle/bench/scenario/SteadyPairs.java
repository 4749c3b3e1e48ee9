package dev.waggle.bench.scenario;

import dev.waggle.bench.load.PairPlan;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of the scenarios that ask what normal pairs notice of somebody else. */
final class SteadyPairs {
    @Option(names = "--pairs")
    int pairs = 50;

    @Option(names = "--rate", description = "messages per second, over all pairs")
    int rate;

    @Option(names = "--rounds")
    int rounds = 3;

    @Option(names = "--seconds")
    int seconds = 8;

    /** @param rate unless another is asked for */
    SteadyPairs(int rate) {
        this.rate = rate;
    }

    PairPlan plan() {
        return new PairPlan(pairs, 0, rate, 100, 5, false, true, Duration.ofSeconds(3), Duration.ofSeconds(seconds));
    }
}
