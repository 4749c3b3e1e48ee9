package dev.waggle.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.bench.target.Bare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairLoadTest {
    private static PairPlan plan(int window, double perSecond, int mqtt) {
        return new PairPlan(3, window, perSecond, 100, mqtt, false, true, Duration.ZERO, Duration.ofMillis(500));
    }

    @Test
    void run_onTheBareHost_deliversAndCountsEverything(@TempDir Path directory) {
        try (Loop loop = new Loop("test");
                Bare bare = Bare.start(directory, List.of("-Xmx128m"))) {
            for (int mqtt : List.of(4, 5)) {
                try (PairLoad closed = new PairLoad(loop, bare, plan(5, 0, mqtt), 0, 1)) {
                    closed.connect();
                    PairOutcome outcome = closed.run();
                    assertThat(outcome.clean()).isTrue();
                    assertThat(outcome.perSecond()).isPositive();
                    assertThat(outcome.delivery().p99Millis()).isPositive();
                }
            }
            try (PairLoad open = new PairLoad(loop, bare, plan(0, 300, 5), 6, 2)) {
                open.connect();
                PairOutcome outcome = open.run();
                assertThat(outcome.clean()).isTrue();
                assertThat(outcome.delivery().count()).isBetween(100L, 200L);
                assertThat(outcome.acknowledgement().count())
                        .isEqualTo(outcome.delivery().count());
            }
        }
    }
}
