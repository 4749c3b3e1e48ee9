package dev.waggle.push.registration;

import dev.waggle.push.webpush.Curve;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.Fields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands in single fields of registrations and settings. Total. */
final class PushFields {
    /** Keys are points of it. */
    private static final Curve P256 = new Curve();

    private static final int SECRET_BYTES = 16;

    /** Longer ones are no names of languages and zones. */
    private static final int MOST_NAME = 64;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private PushFields() {}

    /** A public key and a secret, as browsers name them. */
    static @Nullable SealKey key(Fields in) {
        Bytes key = in.required("p256dh", in.parsed("p256dh", PushFields::point));
        Bytes secret = in.required("auth", in.parsed("auth", PushFields::secret));
        return key == null || secret == null ? null : new SealKey(key, secret);
    }

    private static Parsed<Bytes> point(String text) {
        return bytes(text)
                .then(bytes -> P256.point(bytes).isOk()
                        ? Parsed.ok(bytes)
                        : Parsed.bad("must be an uncompressed point on P-256, " + Curve.POINT_BYTES + " bytes"));
    }

    private static Parsed<Bytes> secret(String text) {
        return bytes(text)
                .then(bytes -> bytes.size() == SECRET_BYTES
                        ? Parsed.ok(bytes)
                        : Parsed.bad("must be " + SECRET_BYTES + " bytes"));
    }

    private static Parsed<Bytes> bytes(String text) {
        try {
            return Parsed.ok(Bytes.wrap(Base64.getUrlDecoder().decode(text)));
        } catch (IllegalArgumentException other) {
            return Parsed.bad("must be bytes as base64url");
        }
    }

    static String text(Bytes bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.shared());
    }

    /** BCP 47, such as {@code de} or {@code pt-BR}; the underscore of older systems is read as a hyphen. */
    static Parsed<Locale> locale(String text) {
        if (!text.isEmpty() && text.length() <= MOST_NAME) {
            try {
                return Parsed.ok(new Locale.Builder()
                        .setLanguageTag(text.replace('_', '-'))
                        .build());
            } catch (IllformedLocaleException none) {
                // Said below.
            }
        }
        return Parsed.bad("must be a language tag such as de or pt-BR");
    }

    /** A name of the IANA database, or an offset. */
    static Parsed<ZoneId> zone(String text) {
        if (text.length() <= MOST_NAME) {
            try {
                return Parsed.ok(ZoneId.of(text));
            } catch (DateTimeException none) {
                // Said below.
            }
        }
        return Parsed.bad("must be a time zone such as Europe/Paris");
    }

    static Parsed<LocalTime> time(String text) {
        return TIME.matcher(text).matches()
                ? Parsed.ok(LocalTime.parse(text))
                : Parsed.bad("must be a time of 00:00…23:59");
    }

    static Parsed<DayOfWeek> day(String text) {
        int day = DAYS.indexOf(text);
        return day < 0 ? Parsed.bad("must be of " + String.join(", ", DAYS)) : Parsed.ok(DayOfWeek.of(day + 1));
    }

    static String text(DayOfWeek day) {
        return DAYS.get(day.getValue() - 1);
    }
}
