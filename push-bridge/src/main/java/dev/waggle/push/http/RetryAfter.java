package dev.waggle.push.http;

import dev.waggle.spec.Parsed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110 §10.2.3): seconds, or a date in any of the three forms of HTTP. */
public final class RetryAfter {
    /** A longer wish is cut to this: who made it may be wrong, and the next try will tell. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** The longest date has 33 characters. */
    private static final int MOST_CHARACTERS = 64;

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Of more digits than this, the value is beyond {@link #LONGEST} anyway. */
    private static final int MOST_DIGITS = 9;

    /** A two-digit year that would lie further ahead is one of the past (RFC 9110 §5.6.7). */
    private static final int YEARS_AHEAD = 50;

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

    private RetryAfter() {}

    /**
     * How long to wait. Total.
     *
     * @param value of the header
     * @param now for dates
     * @return zero to {@link #LONGEST}; a date that has passed is zero
     */
    public static Parsed<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Parsed.ok(text.length() > MOST_DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text))));
        }
        if (text.length() <= MOST_CHARACTERS) {
            for (DateTimeFormatter form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(now), ASCTIME)) {
                try {
                    return Parsed.ok(bounded(Duration.between(now, form.parse(text, Instant::from))));
                } catch (DateTimeException | ArithmeticException e) {
                    // Perhaps one of the other forms.
                    continue;
                }
            }
        }
        return Parsed.bad("Retry-After is neither seconds nor a date of HTTP");
    }

    /** As {@link #parse}; null if there is no such header, or none that can be read. */
    public static @Nullable Duration of(@Nullable String value, Instant now) {
        return value != null && parse(value, now) instanceof Parsed.Ok<Duration> wait ? wait.value() : null;
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int latest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }

    private static Duration bounded(Duration wish) {
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
    }
}
