package dev.waggle.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void numbered_twiceTheSame_isNoViolation_anotherIs() {
        Ledger ledger = new Ledger();
        ledger.acknowledged(ledger.enter("a", "d/b", "k1", "text"));
        ledger.numbered("k1", 7);
        ledger.numbered("k1", 7);
        assertThat(ledger.violations()).isEmpty();
        ledger.numbered("k1", 8);
        ledger.numbered("unknown", 1);
        assertThat(ledger.violations()).hasSize(2);
        assertThat(ledger.acknowledgedRows()).isEqualTo(1);
    }
}
