package dev.waggle.auth.jwt;

import dev.waggle.spec.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What may stand in {@code sub}, and which user it is (PROTOCOL §1). */
final class Subjects {
    static final int MAX_BYTES = 255;

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DERIVED_LENGTH = 26;

    private Subjects() {}

    /** What is wrong with the subject, or null. */
    static @Nullable String wrongWith(String subject) {
        if (subject.isEmpty()) {
            return "sub must not be empty";
        }
        if (subject.length() > MAX_BYTES || subject.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "sub must be at most " + MAX_BYTES + " bytes";
        }
        // Two different unpaired surrogates would become the same byte, and so the same user.
        return StandardCharsets.UTF_8.newEncoder().canEncode(subject) ? null : "sub must be well-formed text";
    }

    /**
     * The user id of a legal subject. No raw claim ever gets into a topic: it has the form of a user id, or it is hashed.
     *
     * @param raw true: a subject that has the form of a user id, and not that of a derived one, is the user id
     */
    static UserId user(String issuer, String subject, boolean raw) {
        if (raw && UserId.parse(subject).isOk() && !looksDerived(subject)) {
            return new UserId(subject);
        }
        byte[] hash = sha256(issuer, subject);
        StringBuilder id = new StringBuilder("x");
        for (int bit = 0; bit < DERIVED_LENGTH * 5; bit += 5) {
            int pair = (hash[bit / 8] & 0xFF) << 8 | hash[bit / 8 + 1] & 0xFF;
            id.append(BASE32.charAt(pair >> (11 - bit % 8) & 31));
        }
        return new UserId(id.toString());
    }

    static boolean looksDerived(String subject) {
        if (subject.length() != DERIVED_LENGTH + 1 || subject.charAt(0) != 'x') {
            return false;
        }
        return subject.chars().skip(1).allMatch(c -> BASE32.indexOf(c) >= 0);
    }

    private static byte[] sha256(String issuer, String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(subject.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
