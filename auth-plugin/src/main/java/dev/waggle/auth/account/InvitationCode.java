package dev.waggle.auth.account;

import dev.waggle.spec.Parsed;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people type to register: {@code id-secret}, 10 and 26 characters of [a-z2-7], which are 50 and 130 random bits.
 *
 * @param id names the invitation that the secret is held against
 * @param secret never stored, never logged
 */
record InvitationCode(String id, String secret) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID = 10;
    private static final int SECRET = 26;
    private static final Pattern FORM = Pattern.compile("([a-z2-7]{10})-([a-z2-7]{26})");

    /** Total; untrusted text of any length. */
    static Parsed<InvitationCode> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Parsed.ok(new InvitationCode(form.group(1), form.group(2)))
                : Parsed.bad("no code of an invitation");
    }

    static InvitationCode random(SecureRandom random) {
        return new InvitationCode(letters(random, ID), letters(random, SECRET));
    }

    private static String letters(SecureRandom random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    SecretHash hash() {
        return SecretHash.of(secret);
    }

    String text() {
        return id + "-" + secret;
    }

    @Override
    public String toString() {
        return "InvitationCode[" + id + "]";
    }
}
