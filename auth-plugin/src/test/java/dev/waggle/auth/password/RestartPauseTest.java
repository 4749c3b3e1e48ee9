package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartPauseTest {
    private static final long START = 1_000_000;
    private final RestartPause pause = new RestartPause();

    @Test
    void ended_first_noPause() {
        assertThat(pause.isOver(START)).isTrue();
        pause.ended(START, START);
        assertThat(pause.isOver(START)).isTrue();
    }

    @Test
    void ended_oftenWithoutCalm_pauseGrowsToAMinute() {
        long now = START;
        pause.ended(now, now);
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            pause.ended(now, now);
            now += seconds * 1_000;
            assertThat(pause.isOver(now - 1)).isFalse();
            assertThat(pause.isOver(now)).isTrue();
        }
    }

    @Test
    void ended_afterAMinuteOfLife_beginsANewSeries() {
        pause.ended(START, START);
        pause.ended(START, START);
        assertThat(pause.isOver(START)).isFalse();
        pause.ended(START, START + 60_000);
        assertThat(pause.isOver(START + 60_000)).isTrue();
    }

    @Test
    void isOver_clockSetBackByAnHour_true() {
        pause.ended(START, START);
        pause.ended(START, START);
        assertThat(pause.isOver(START - 3_600_000)).isTrue();
    }
}
