package dev.waggle.auth.jwt;

import dev.waggle.spec.Parsed;
import java.time.Duration;

/** How long a token of the local issuer may live: 1 s to 30 days. */
public final class TokenLifetime {
    public static final Duration MIN = Duration.ofSeconds(1);
    public static final Duration MAX = Duration.ofDays(30);
    public static final Duration DEFAULT = Duration.ofMinutes(15);

    /** More digits than any allowed lifetime in seconds has, so that the number cannot overflow. */
    private static final int MAX_DIGITS = 8;

    private TokenLifetime() {}

    /** Reads a number and a unit, {@code 90s}, {@code 15m}, {@code 12h}, {@code 30d}; never throws. */
    public static Parsed<Duration> parse(String text) {
        int digits = text.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS) {
            return Parsed.bad(ALLOWED);
        }
        long number = 0;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Parsed.bad(ALLOWED);
            }
            number = number * 10 + (c - '0');
        }
        long seconds = number * secondsOf(text.charAt(digits));
        Duration lifetime = Duration.ofSeconds(seconds);
        return isAllowed(lifetime) ? Parsed.ok(lifetime) : Parsed.bad(ALLOWED);
    }

    static boolean isAllowed(Duration lifetime) {
        return lifetime.compareTo(MIN) >= 0 && lifetime.compareTo(MAX) <= 0;
    }

    /** 0 for what is no unit, which makes the lifetime too short. */
    private static long secondsOf(char unit) {
        if (unit == 's') {
            return 1;
        } else if (unit == 'm') {
            return 60;
        } else if (unit == 'h') {
            return 3_600;
        }
        return unit == 'd' ? 86_400 : 0;
    }

    static final String ALLOWED = "the lifetime of a token is a number and a unit s, m, h or d, from 1s to 30d";
}
