package dev.waggle.auth.account;

import dev.waggle.spec.Parsed;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token as the device keeps it: {@code family.secret}, 16 and 32 random bytes in base64url.
 *
 * @param family names the row that it is held against
 * @param secret never stored, never logged
 */
record RefreshToken(String family, String secret) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");
    private static final int FAMILY_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    /** Total; untrusted text of any length. */
    static Parsed<RefreshToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Parsed.ok(new RefreshToken(form.group(1), form.group(2)))
                : Parsed.bad("no refresh token of this broker");
    }

    static RefreshToken first(SecureRandom random) {
        return new RefreshToken(bytes(random, FAMILY_BYTES), bytes(random, SECRET_BYTES));
    }

    RefreshToken successor(SecureRandom random) {
        return new RefreshToken(family, bytes(random, SECRET_BYTES));
    }

    SecretHash hash() {
        return SecretHash.of(secret);
    }

    String text() {
        return family + "." + secret;
    }

    private static String bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "RefreshToken[" + family + "]";
    }
}
