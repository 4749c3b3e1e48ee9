package dev.waggle.auth.password;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A password as somebody typed it, in Unicode form C, so that two keyboards mean the same. Never printed.
 *
 * @param text a secret
 */
public record Password(String text) {
    /** Shorter ones are guessed (NIST SP 800-63B §5.1.1.2). */
    private static final int MIN_CHARACTERS = 8;

    private static final int MAX_CHARACTERS = 256;

    static final String ALLOWED = "a password has " + MIN_CHARACTERS + " to " + MAX_CHARACTERS + " characters";

    /** For a new one. */
    public static Parsed<Password> choose(String typed) {
        Password password = new Password(typed.length() > MAX_CHARACTERS ? "" : composed(typed));
        int characters = password.text.codePointCount(0, password.text.length());
        boolean text = StandardCharsets.UTF_8.newEncoder().canEncode(password.text);
        return text && characters >= MIN_CHARACTERS ? Parsed.ok(password) : Parsed.bad(ALLOWED);
    }

    /** For one to be checked: what cannot be a password is some other that fits no account. */
    public static Password typed(String typed) {
        return new Password(typed.length() > MAX_CHARACTERS ? "" : composed(typed));
    }

    private static String composed(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC);
    }

    Bytes utf8() {
        return Bytes.utf8(text);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
