package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void latency_ofAThousandTimes_tellsPercentilesInMillis() {
        Latency latency = new Latency();
        for (int i = 1; i <= 1000; i++) {
            latency.record(i * 1_000_000L);
        }
        assertThat(latency.p50Millis()).isCloseTo(500, within(1.0));
        assertThat(latency.p99Millis()).isCloseTo(990, within(1.0));
        assertThat(latency.count()).isEqualTo(1000);
    }

    @Test
    void latency_ofNothing_isNotANumber() {
        assertThat(new Latency().p99Millis()).isNaN();
    }

    @Test
    void latency_beyondItsRange_countsAsItsEnds() {
        Latency latency = new Latency();
        latency.record(-5);
        latency.record(Long.MAX_VALUE);
        assertThat(latency.millis(100)).isCloseTo(60_000, within(60.0));
        assertThat(latency.count()).isEqualTo(2);
    }

    @Test
    void spread_ofEvenAndOddCounts_isTheMedianAndTheEnds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(List.of(1.0, 2.0, Double.NaN)).text(1)).isEqualTo("1.5 (1.0–2.0)");
        assertThat(Spread.of(List.of(7.0)).text(0)).isEqualTo("7");
        assertThat(Spread.of(List.of()).text(0)).isEqualTo("–");
    }

    @Test
    void table_withBars_isMarkdownOfEqualWidths() {
        Table table = new Table("name", "n").row("a|b", "1").row("longer name", "12");
        assertThat(table.toString()).isEqualTo("""
                        | name        | n  |
                        |-------------|----|
                        | a\\|b        | 1  |
                        | longer name | 12 |
                        """);
    }

    @Test
    void table_withTooFewCells_isRefused() {
        assertThatThrownBy(() -> new Table("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells");
    }
}
