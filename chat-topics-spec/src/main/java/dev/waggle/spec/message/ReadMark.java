package dev.waggle.spec.message;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;

/**
 * The payload of {@code read/{conv}}: {@code {seq}} or {@code {seq} private} (PROTOCOL §2).
 *
 * @param seq 1…2^63-1: everything up to it is read
 * @param isPrivate true: only the user's own devices are told
 */
public record ReadMark(long seq, boolean isPrivate) {
    private static final String PRIVATE = " private";
    private static final int MOST_DIGITS = 19;
    private static final Parsed<ReadMark> BAD =
            Parsed.bad("a read mark is a seq from 1 on in decimal digits, alone or followed by one space and private");

    /** Total: a mark or a reason. */
    public static Parsed<ReadMark> parse(Bytes payload) {
        if (payload.size() > MOST_DIGITS + PRIVATE.length()) {
            return BAD;
        }
        String text = payload.asUtf8();
        boolean isPrivate = text.endsWith(PRIVATE);
        String digits = isPrivate ? text.substring(0, text.length() - PRIVATE.length()) : text;
        if (digits.isEmpty() || digits.charAt(0) == '0' || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return BAD;
        }
        try {
            return Parsed.ok(new ReadMark(Long.parseLong(digits), isPrivate));
        } catch (NumberFormatException tooLarge) {
            return BAD;
        }
    }
}
