package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogInLimitsTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final LogInLimits limits = new LogInLimits(() -> now);

    @Test
    void take_moreThanAnAccountMayFail_waitsAMinuteForEach() {
        for (int i = 0; i < LogInLimits.OF_ACCOUNT; i++) {
            assertThat(limits.take("ann", "10.0.0." + i)).isZero();
        }
        assertThat(limits.take("ann", "10.0.1.1")).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.take("ben", "10.0.1.1")).isZero();
        now = now.plusSeconds(59);
        assertThat(limits.take("ann", "10.0.1.1")).isEqualTo(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(limits.take("ann", "10.0.1.1")).isZero();
        assertThat(limits.take("ann", "10.0.1.1")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void take_moreThanAnAddressMayFail_waitsWhateverTheAccount() {
        for (int i = 0; i < LogInLimits.OF_ADDRESS; i++) {
            assertThat(limits.take(i % 2 == 0 ? "u" + i : "no user id", "10.0.0.1"))
                    .isZero();
        }
        assertThat(limits.take("fresh", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.take("fresh", "10.0.0.2")).isZero();
    }

    @Test
    void giveBack_whatDidNotFail_doesNotCount() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(limits.take("ann", "10.0.0.1")).isZero();
            limits.giveBack("ann", "10.0.0.1");
        }
        assertThat(limits.take("ann", "10.0.0.1")).isZero();
    }

    @Test
    void take_afterTheClockSteppedBack_startsAnew() {
        for (int i = 0; i < LogInLimits.OF_ACCOUNT; i++) {
            limits.take("ann", "10.0.0.1");
        }
        now = now.minus(Duration.ofDays(1));
        assertThat(limits.take("ann", "10.0.0.1")).isZero();
    }

    @Test
    void take_endlesslyManyNames_areForgotten() {
        for (int i = 0; i < LogInLimits.OF_ACCOUNT; i++) {
            limits.take("ann", "a");
        }
        for (int i = 0; i < LogInLimits.MOST_KEYS; i++) {
            limits.take("u" + i, "b" + i);
        }
        assertThat(limits.take("ann", "c")).isZero();
    }
}
