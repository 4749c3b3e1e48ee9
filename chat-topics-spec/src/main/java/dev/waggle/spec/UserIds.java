package dev.waggle.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * From the issuer and the subject of a token to the user id (PROTOCOL §1). Two issuers can never name the same user,
 * because at most one of them is raw, and a raw subject of the mapped form is mapped itself.
 */
public final class UserIds {
    /** Longest subject, in bytes of UTF-8. */
    public static final int MAX_SUBJECT_BYTES = 255;

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final char MARK = 'x';
    private static final int DIGITS = 26;
    private static final int BITS_PER_DIGIT = 5;

    private UserIds() {}

    /**
     * The user of a subject: the subject itself if the issuer is raw and the subject is a user id that no mapping makes;
     * otherwise {@code x} and the first 26 characters of base32(sha256(issuer, 0, subject)), lower case.
     *
     * @param issuer the {@code iss} that the configuration trusts
     * @param subject the {@code sub} of the token, untrusted; a claim that is no text must be refused before
     * @param raw true for the one issuer with {@code subjects: raw}
     */
    public static Parsed<UserId> map(String issuer, String subject, boolean raw) {
        if (issuer.isEmpty() || issuer.indexOf(0) >= 0) {
            return Parsed.bad("an issuer is a text without NUL");
        }
        if (subject.isEmpty()) {
            return Parsed.bad("the subject is empty");
        }
        byte[] utf8 = subject.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_SUBJECT_BYTES) {
            return Parsed.bad("the subject has more than " + MAX_SUBJECT_BYTES + " bytes");
        }
        if (!subject.equals(new String(utf8, StandardCharsets.UTF_8))) {
            return Parsed.bad("the subject is no valid Unicode text");
        }
        if (raw && Ids.isValid(subject, UserId.MAX_LENGTH) && !isMapped(subject)) {
            return Parsed.ok(new UserId(subject));
        }
        return Parsed.ok(new UserId(MARK + digits(hash(issuer, utf8))));
    }

    /** True for {@code x} and 26 characters of {@code [a-z2-7]}: no raw subject may look like that. */
    public static boolean isMapped(String id) {
        if (id.length() != DIGITS + 1 || id.charAt(0) != MARK) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            if (BASE32.indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] hash(String issuer, byte[] subject) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(issuer.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return sha256.digest(subject);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (java.security.MessageDigest).
            throw new IllegalStateException(impossible);
        }
    }

    private static String digits(byte[] hash) {
        StringBuilder text = new StringBuilder(DIGITS);
        int bits = 0;
        int buffer = 0;
        for (int i = 0; text.length() < DIGITS; i++) {
            buffer = (buffer << Byte.SIZE | hash[i] & 0xFF) & 0xFFFF;
            bits += Byte.SIZE;
            while (bits >= BITS_PER_DIGIT && text.length() < DIGITS) {
                bits -= BITS_PER_DIGIT;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
        }
        return text.toString();
    }
}
