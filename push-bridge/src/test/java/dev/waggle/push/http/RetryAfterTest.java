package dev.waggle.push.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "120|120",
                " 7 |7",
                "86400|86400",
                "86401|86400",
                "99999999999999999999999|86400",
                "Sun, 06 Nov 1994 08:49:37 GMT|30",
                "Sunday, 06-Nov-94 08:49:37 GMT|30",
                "Sun Nov  6 08:49:37 1994|30",
                "Sun, 06 Nov 1994 08:49:07 GMT|0",
                "Sun, 06 Nov 1994 07:00:00 GMT|0",
                "Sunday, 06-Nov-66 08:49:37 GMT|0",
                "Thu, 01 Jan 2099 00:00:00 GMT|86400"
            })
    void parse_secondsOrDate_theWait(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW).get()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5",
                "+3",
                "soon",
                "٣",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "1 2"
            })
    void parse_somethingElse_isBad(String value) {
        assertThat(RetryAfter.parse(value, NOW).isOk()).isFalse();
        assertThat(RetryAfter.of(value, NOW)).isNull();
    }

    @Property
    void parse_anything_isTotalAndBounded(@ForAll String value) {
        Duration wait = RetryAfter.parse(value, NOW).fold(read -> read, bad -> Duration.ZERO);
        assertThat(wait).isBetween(Duration.ZERO, RetryAfter.LONGEST);
    }
}
