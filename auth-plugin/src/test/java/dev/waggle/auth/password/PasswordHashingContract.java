package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PasswordHashing} does. */
abstract class PasswordHashingContract {
    /** From the tests of the reference implementation of Argon2. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    /** The same one in all tests of a class. */
    abstract PasswordHashing hashing();

    @Test
    void matches_hashOfTheReferenceImplementation_true() {
        assertThat(hashing().matches(Password.typed("password"), REFERENCE)).isTrue();
        assertThat(hashing().matches(Password.typed("Password"), REFERENCE)).isFalse();
        assertThat(PasswordHash.isOutdated(REFERENCE)).isTrue();
    }

    @Test
    void hash_samePasswordTwice_differentSaltsBothMatch() {
        Password password = Password.typed("correct horse");
        String first = hashing().hash(password);
        String second = hashing().hash(password);

        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
        assertThat(hashing().matches(password, first)).isTrue();
        assertThat(hashing().matches(password, second)).isTrue();
        assertThat(PasswordHash.isOutdated(first)).isFalse();
    }

    @Test
    void hash_longestPassword_itsLastCharacterCounts() {
        // U+1D160 is three characters in form C; the longest that form makes of 256.
        String long1 = "\uD834\uDD60".repeat(128);
        String hash = hashing().hash(Password.typed(long1));

        assertThat(hashing().matches(Password.typed(long1), hash)).isTrue();
        assertThat(hashing().matches(Password.typed(long1.substring(2)), hash)).isFalse();
    }

    @Test
    void matches_differenceAfter72Bytes_false() {
        String hash = hashing().hash(Password.typed("a".repeat(72) + "b"));

        assertThat(hashing().matches(Password.typed("a".repeat(72) + "c"), hash))
                .as("bcrypt would not see it")
                .isFalse();
    }

    @Test
    void matches_hashOfNobodyOrEmptyPassword_falseAndOfTodaysCost() {
        assertThat(PasswordHash.isOutdated(PasswordHash.OF_NOBODY)).isFalse();
        assertThat(hashing().matches(Password.typed("password"), PasswordHash.OF_NOBODY))
                .isFalse();
        assertThat(hashing().matches(Password.typed(""), PasswordHash.OF_NO_PASSWORD))
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
        assertThat(hashing().matches(Password.typed("password"), stored)).isFalse();
    }
}
