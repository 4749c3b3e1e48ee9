package dev.waggle.broker.config;

import dev.waggle.spec.Parsed;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 15m}, {@code 30d}. Pure. */
public final class Spans {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

    private Spans() {}

    /** A whole number and one of s, m, h, d. */
    public static Parsed<Duration> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Parsed.bad("is no length of time, such as 15m: a number and s, m, h or d");
        }
        long number = Long.parseLong(form.group(1));
        return Parsed.ok(
                switch (form.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
