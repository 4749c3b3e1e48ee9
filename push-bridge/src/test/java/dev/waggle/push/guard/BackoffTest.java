package dev.waggle.push.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Outcome;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static Outcome.Later later(Duration base, @Nullable Duration after) {
        return new Outcome.Later("busy", base, after, false);
    }

    @Property
    void delay_ofTryN_liesAroundTheDoubledBase(
            @ForAll @IntRange(max = 100) int n,
            @ForAll @LongRange(min = 1, max = 3_600_000) long base,
            @ForAll long seed) {
        long delay = new Backoff(new Random(seed))
                .delay(later(Duration.ofMillis(base), null), n)
                .toMillis();
        double middle = Math.min(base * Math.pow(2, n), Backoff.LONGEST.toMillis());
        assertThat((double) delay).isBetween(Math.floor(middle * 0.5), middle * 1.5);
        assertThat(delay).isLessThanOrEqualTo(Backoff.LONGEST.toMillis());
    }

    @Test
    void delay_ofPushesThatFailedTogether_isNotTheSame() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> backoff.delay(later(Duration.ofSeconds(10), null), 0))
                        .distinct()
                        .count())
                .isGreaterThan(90);
    }

    @Test
    void delay_isNeverShorter_thanTheProviderAsksFor() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(backoff.delay(later(Duration.ofSeconds(10), Duration.ofMinutes(7)), 0))
                .isEqualTo(Duration.ofMinutes(7));
        assertThat(backoff.delay(later(Duration.ofSeconds(10), Duration.ofMillis(1)), 0))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void delay_ofAWishBeyondReason_isADay() {
        assertThat(new Backoff(new Random(1)).delay(later(Duration.ofSeconds(10), Duration.ofDays(100_000)), 0))
                .isEqualTo(Duration.ofDays(1));
    }
}
