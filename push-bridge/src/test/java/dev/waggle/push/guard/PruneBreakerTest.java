package dev.waggle.push.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PruneBreakerTest {
    private static final Outcome UNKNOWN = new Outcome.Unknown("BadDeviceToken");
    private static final Outcome ACCEPTED = new Outcome.Accepted("ok");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final PruneBreaker breaker = new PruneBreaker("apns", () -> now);

    private int pruned(int times, Outcome outcome) {
        int pruned = 0;
        for (int i = 0; i < times; i++) {
            pruned += breaker.mayPrune(outcome) ? 1 : 0;
        }
        return pruned;
    }

    @Test
    void unknown_nowAndThen_isPruned() {
        for (int i = 0; i < 100; i++) {
            assertThat(pruned(2, ACCEPTED)).isZero();
            assertThat(pruned(1, UNKNOWN)).isEqualTo(1);
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void unknown_ofHalfOfTwenty_isNotPrunedAnyMore() {
        pruned(10, ACCEPTED);
        assertThat(pruned(10, UNKNOWN)).isEqualTo(9);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(pruned(1_000, UNKNOWN)).isZero();
    }

    @Test
    void unknown_ofHalf_slowly_isPruned() {
        for (int i = 0; i < 100; i++) {
            assertThat(pruned(1, UNKNOWN)).isEqualTo(1);
            now = now.plusSeconds(16);
        }
    }

    @Test
    void gone_isNoSignOfWrongSettings() {
        pruned(100, new Outcome.Gone("Unregistered", 0));
        assertThat(breaker.isOpen()).isFalse();
        assertThat(pruned(1, UNKNOWN)).isEqualTo(1);
    }

    @Test
    void outcomes_thatTellNothingOfTheAddress_doNotCount() {
        pruned(100, new Outcome.Later("busy", Duration.ofSeconds(1), null, false));
        pruned(100, new Outcome.Misconfigured("Forbidden"));
        pruned(100, new Outcome.Undeliverable("PayloadTooLarge"));
        assertThat(pruned(20, UNKNOWN)).isEqualTo(19);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void open_staysSo_howeverLongNothingIsKnown() {
        pruned(20, UNKNOWN);
        now = now.plus(Duration.ofDays(3));
        assertThat(pruned(5, UNKNOWN)).isZero();
        assertThat(pruned(5, ACCEPTED)).isZero();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void open_closes_whenTheShareFalls_andOpensAgainForNewAnswersOnly() {
        pruned(40, UNKNOWN);
        pruned(10, ACCEPTED);
        assertThat(breaker.isOpen()).isTrue();
        pruned(1, ACCEPTED);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(pruned(1, UNKNOWN)).isEqualTo(1);
        assertThat(pruned(30, UNKNOWN)).isEqualTo(18);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void clockThatIsSetBack_forgetsWhatWasCounted() {
        pruned(19, UNKNOWN);
        now = now.minus(Duration.ofHours(1));
        assertThat(pruned(19, UNKNOWN)).isEqualTo(19);
        assertThat(breaker.isOpen()).isFalse();
    }
}
