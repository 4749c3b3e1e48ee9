package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLifetimeTest {
    @ParameterizedTest
    @CsvSource({"1s,PT1S", "90s,PT90S", "15m,PT15M", "12h,PT12H", "30d,PT720H", "0030d,PT720H", "2592000s,PT720H"})
    void parse_allowed_read(String text, Duration expected) {
        assertThat(TokenLifetime.parse(text).get()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "15",
                "0s",
                "-1s",
                "+1s",
                "1.5h",
                "31d",
                "721h",
                "2592001s",
                "15M",
                "15 m",
                "1w",
                "m15",
                "99999999d",
                "999999999999999999999s",
                "\u0661s"
            })
    void parse_notAllowed_explained(String text) {
        assertThat(TokenLifetime.parse(text).<String>fold(ok -> "accepted", bad -> bad))
                .contains("1s to 30d");
    }

    @Property
    void parse_anyText_neverThrows(@ForAll String text) {
        TokenLifetime.parse(text)
                .fold(
                        lifetime -> assertThat(lifetime).isBetween(TokenLifetime.MIN, TokenLifetime.MAX),
                        reason -> assertThat(reason).isNotEmpty());
    }
}
