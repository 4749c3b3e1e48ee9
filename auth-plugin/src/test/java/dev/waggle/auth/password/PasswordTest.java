package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "short12", "\uD83D\uDC1D\uD83D\uDC1D\uD83D\uDC1D\uD83D\uDC1D", "lone\uD800surrogate"})
    void choose_noPassword_isBad(String typed) {
        assertThat(Password.choose(typed).isOk()).isFalse();
        assertThat(Password.choose("x".repeat(257)).isOk()).isFalse();
    }

    @Test
    void choose_sameLettersComposedOrNot_areOnePassword() {
        assertThat(Password.choose("pässwort").get()).isEqualTo(Password.typed("pa\u0308sswort"));
        assertThat(Password.choose("pässwort").get().toString()).isEqualTo("[REDACTED]");
    }
}
