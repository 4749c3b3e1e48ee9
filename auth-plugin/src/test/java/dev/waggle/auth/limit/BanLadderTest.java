package dev.waggle.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Verdict;
import dev.waggle.spec.NetworkRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BanLadderTest {
    private static final Network THERE = new Network("203.0.113.7");
    private static final Network ELSEWHERE = new Network("203.0.113.8");
    private static final Network PROXY = new Network("10.0.0.1");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final BanLadder bans = new BanLadder(
            new BanLadder.Terms(
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(20),
                    List.of(NetworkRange.parse("10.0.0.0/8").get())),
            () -> now);

    private void offend(int times) {
        for (int i = 0; i < times; i++) {
            bans.offence(THERE, "wrong signature");
        }
    }

    @Test
    void offence_withinTheAllowance_bansNobody() {
        offend(3);
        now = now.plusSeconds(10);
        offend(1);
        assertThat(bans.remaining(THERE)).isZero();
        assertThat(bans.list(null, 10)).isEmpty();
    }

    @Test
    void offence_beyondTheAllowance_bansThatNetworkOnlyForAWhile() {
        offend(4);
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofMinutes(1));
        assertThat(bans.remaining(ELSEWHERE)).isZero();
        assertThat(bans.list(null, 10))
                .containsExactly(
                        new Ban(THERE, now.toEpochMilli(), now.plusSeconds(60).toEpochMilli(), 1, "wrong signature"));
        now = now.plusSeconds(60);
        assertThat(bans.remaining(THERE)).isZero();
        assertThat(bans.size()).isZero();
    }

    @Test
    void offence_againAndAgain_bansGrowToTheLongest() {
        for (Duration expected :
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(20), Duration.ofMinutes(20))) {
            offend(4);
            assertThat(bans.remaining(THERE)).isEqualTo(expected);
            now = now.plus(expected);
        }
    }

    @Test
    void offence_whileBanned_doesNotMakeTheBanLonger() {
        offend(4);
        now = now.plusSeconds(30);
        offend(100);
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofSeconds(30));
        now = now.plusSeconds(30);
        offend(3);
        assertThat(bans.remaining(THERE)).as("the allowance is whole again").isZero();
    }

    @Test
    void offence_afterADayOfPeace_beginsAtTheFirstStep() {
        offend(4);
        now = now.plus(Duration.ofMinutes(1)).plus(Duration.ofDays(1)).plusMillis(1);
        bans.sweep();
        offend(4);
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void offence_ofAnExemptNetwork_isNone_butAnOperatorMayBanIt() {
        for (int i = 0; i < 100; i++) {
            bans.offence(PROXY, "x");
        }
        assertThat(bans.remaining(PROXY)).isZero();
        bans.ban(PROXY, Duration.ofSeconds(5), "ann");
        assertThat(bans.remaining(PROXY)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refused_whatIsLateOrOurFault_doesNotCount() {
        for (int i = 0; i < 100; i++) {
            bans.refused(THERE, Verdict.Denied.late(0x87, "the token has expired"));
            bans.refused(THERE, new Verdict.Denied(0x88, "keys are missing"));
            bans.refused(THERE, new Verdict.Denied(0x89, "busy"));
        }
        assertThat(bans.remaining(THERE)).isZero();
        for (int i = 0; i < 4; i++) {
            bans.refused(THERE, new Verdict.Denied(0x87, "the signature of the token is wrong"));
        }
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void lift_bannedNetwork_comesAtOnceWithAWholeAllowance() {
        offend(4);
        assertThat(bans.lift(THERE)).isTrue();
        assertThat(bans.lift(THERE)).isFalse();
        offend(3);
        assertThat(bans.remaining(THERE)).isZero();
        offend(1);
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void remaining_clockStepsBack_theBanStillEnds() {
        offend(4);
        now = now.minus(Duration.ofHours(1));
        assertThat(bans.remaining(THERE)).isEqualTo(Duration.ofMinutes(61));
        now = now.plus(Duration.ofMinutes(61));
        assertThat(bans.remaining(THERE)).isZero();
    }

    @Test
    void list_pages_inTheOrderOfTheirText() {
        bans.ban(new Network("9.9.9.9"), Duration.ofMinutes(1), "ann");
        bans.ban(new Network("1.1.1.1"), Duration.ofMinutes(1), "ann");
        bans.ban(new Network("5.5.5.5"), Duration.ofMinutes(1), "ann");
        assertThat(bans.list(null, 2)).extracting(ban -> ban.network().text()).containsExactly("1.1.1.1", "5.5.5.5");
        assertThat(bans.list("5.5.5.5", 2))
                .extracting(ban -> ban.network().text())
                .containsExactly("9.9.9.9");
    }
}
