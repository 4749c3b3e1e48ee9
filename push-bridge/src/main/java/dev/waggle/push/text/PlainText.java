package dev.waggle.push.text;

import java.util.Arrays;

/**
 * Makes strangers' text fit for a line on a lock screen: one line, no control characters, nothing that turns around the
 * text beside it, whole characters, and not too long.
 */
final class PlainText {
    private static final String ELLIPSIS = "…";
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int FIRST_SKIN_TONE = 0x1F3FB;
    private static final int LAST_SKIN_TONE = 0x1F3FF;
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    /** Longest sequence of code points that is looked at as one character, such as a family. */
    private static final int MOST_JOINED = 16;

    private PlainText() {}

    /** @param most code points of the result, at least 1 */
    static String line(String text, int most) {
        int[] clean = clean(text);
        if (clean.length <= most) {
            return new String(clean, 0, clean.length);
        }
        int end = most - 1;
        for (int back = 0; back < MOST_JOINED && end > 0 && isJoined(clean, end); back++) {
            end--;
        }
        return new String(clean, 0, end).stripTrailing() + ELLIPSIS;
    }

    /** At most so many bytes of UTF-8, whole code points; nothing else is changed. */
    static String beginning(String text, int mostBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
            if (bytes > mostBytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(point);
        }
        return text;
    }

    private static int[] clean(String text) {
        int[] points = text.codePoints().filter(point -> !isHarmful(point)).toArray();
        int size = 0;
        for (int point : points) {
            int one = isBlank(point) ? ' ' : Character.getType(point) == Character.SURROGATE ? 0xFFFD : point;
            if (one != ' ' || size > 0 && points[size - 1] != ' ') {
                points[size++] = one;
            }
        }
        if (size > 0 && points[size - 1] == ' ') {
            size--;
        }
        return Arrays.copyOf(points, size);
    }

    private static boolean isBlank(int point) {
        return Character.isISOControl(point) || Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    /** What changes the direction of all that follows (Unicode Standard Annex 9), and marks of no meaning in a text. */
    private static boolean isHarmful(int point) {
        return point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069
                || point >= 0xFFF9 && point <= 0xFFFB
                || point == 0xFEFF;
    }

    /** True if what stands at {@code at} belongs to what stands before. */
    private static boolean isJoined(int[] points, int at) {
        int point = points[at];
        int type = Character.getType(point);
        return point == ZERO_WIDTH_JOINER
                || points[at - 1] == ZERO_WIDTH_JOINER
                || point >= FIRST_SKIN_TONE && point <= LAST_SKIN_TONE
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Kept apart from a text in the other direction, if it has any of that; else as it is. */
    static String isolated(String text, boolean inRightToLeft) {
        boolean other = text.codePoints().anyMatch(point -> {
            byte direction = Character.getDirectionality(point);
            boolean right = direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
            boolean left = direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
            return inRightToLeft ? left : right;
        });
        return other ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text;
    }
}
