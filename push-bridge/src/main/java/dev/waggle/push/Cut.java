package dev.waggle.push;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a push as small as its provider demands. Texts are cut first, the longest before the others, by code point and
 * with an ellipsis; then of the threads to be taken away the last ones are left out. All else stays.
 */
public final class Cut {
    private static final String ELLIPSIS = "…";

    private Cut() {}

    /**
     * The push, or as much of it as fits.
     *
     * @param most bytes
     * @param size of the push as it would be sent; grows with its texts
     * @return empty if it is too large even without all that may be left out
     */
    public static Optional<Push> toSize(Push push, int most, ToIntFunction<Push> size) {
        if (size.applyAsInt(push) <= most) {
            return Optional.of(push);
        }
        Push bare = push;
        Alert alert = push.alert();
        if (alert != null) {
            IntFunction<Push> cut = length -> with(push, cut(alert, length), push.dismiss());
            bare = cut.apply(0);
            if (size.applyAsInt(bare) <= most) {
                return Optional.of(cut.apply(longest(longestText(alert), most, n -> size.applyAsInt(cut.apply(n)))));
            }
        }
        Push silent = bare;
        IntFunction<Push> fewer =
                n -> with(silent, silent.alert(), push.dismiss().subList(0, n));
        if (size.applyAsInt(fewer.apply(0)) > most) {
            return Optional.empty();
        }
        return Optional.of(fewer.apply(longest(push.dismiss().size(), most, n -> size.applyAsInt(fewer.apply(n)))));
    }

    /** A text of at most so many code points, the ellipsis not counted. Never splits a surrogate pair. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + ELLIPSIS;
    }

    private static Alert cut(Alert alert, int most) {
        String title = alert.title();
        return new Alert(
                title == null ? null : cut(title, most),
                cut(alert.body(), most),
                alert.bodyKey(),
                alert.bodyArguments().stream().map(text -> cut(text, most)).toList());
    }

    /** The largest n that fits; 0 does. */
    private static int longest(int from, int most, IntUnaryOperator size) {
        int fits = 0;
        int tooLong = from;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (size.applyAsInt(middle) <= most) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return fits;
    }

    private static int longestText(Alert alert) {
        int longest = alert.body().length();
        String title = alert.title();
        if (title != null) {
            longest = Math.max(longest, title.length());
        }
        for (String text : alert.bodyArguments()) {
            longest = Math.max(longest, text.length());
        }
        return longest;
    }

    private static Push with(Push push, @Nullable Alert alert, List<String> dismiss) {
        return new Push(
                push.id(),
                push.user(),
                push.device(),
                push.kind(),
                push.thread(),
                push.conversation(),
                push.seq(),
                push.count(),
                alert,
                push.sealed(),
                push.image(),
                push.badge(),
                dismiss,
                push.expiresAt());
    }
}
