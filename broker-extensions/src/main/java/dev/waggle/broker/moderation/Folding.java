package dev.waggle.broker.moderation;

import dev.waggle.spec.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts as they are compared: compatibility forms, case and characters that are not seen make no difference (Unicode
 * NFKC; case folded through upper case), and every run of blanks is one.
 */
final class Folding {
    private Folding() {}

    /** Null if the bytes are no text. */
    static @Nullable String of(Bytes body) {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.shared()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    static String of(String text) {
        String folded = Normalizer.normalize(
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT),
                Normalizer.Form.NFKC);
        StringBuilder seen = new StringBuilder(folded.length());
        boolean blank = false;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (space && !blank) {
                seen.append(' ');
            } else if (!space && !isUnseen(c)) {
                seen.append(c);
            }
            blank = space || blank && isUnseen(c);
        }
        return seen.toString();
    }

    /** Zero-width characters, soft hyphens, marks of direction, variation selectors, control characters. */
    private static boolean isUnseen(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || c >= '\uFE00' && c <= '\uFE0F'
                || c == '\u034F'
                || c == '\u115F'
                || c == '\u1160'
                || c == '\u3164';
    }
}
