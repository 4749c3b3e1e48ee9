package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashingTest {
    /** From the tests of the reference implementation of Argon2. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final PasswordHashing hashing = new PasswordHashing(new SecureRandom());

    @Test
    void matches_hashOfTheReferenceImplementation_true() {
        assertThat(hashing.matches(Password.typed("password"), REFERENCE)).isTrue();
        assertThat(hashing.matches(Password.typed("Password"), REFERENCE)).isFalse();
        assertThat(hashing.isOutdated(REFERENCE)).isTrue();
    }

    @Test
    void hash_samePasswordTwice_differentSaltsBothMatch() {
        Password password = Password.typed("correct horse");
        String first = hashing.hash(password);
        String second = hashing.hash(password);

        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
        assertThat(hashing.matches(password, first)).isTrue();
        assertThat(hashing.matches(password, second)).isTrue();
        assertThat(hashing.isOutdated(first)).isFalse();
    }

    @Test
    void matches_differenceAfter72Bytes_false() {
        String hash = hashing.hash(Password.typed("a".repeat(72) + "b"));

        assertThat(hashing.matches(Password.typed("a".repeat(72) + "c"), hash))
                .as("bcrypt would not see it")
                .isFalse();
    }

    @Test
    void matches_hashOfNobody_falseAndOfTodaysCost() {
        assertThat(hashing.isOutdated(PasswordHashing.OF_NOBODY)).isFalse();
        assertThat(hashing.matches(Password.typed("password"), PasswordHashing.OF_NOBODY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=9999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=64$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=0,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
            })
    void matches_noHashOfOurs_falseNeverThrown(String stored) {
        assertThat(hashing.matches(Password.typed("password"), stored)).isFalse();
    }

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
