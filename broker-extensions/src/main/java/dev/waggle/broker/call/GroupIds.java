package dev.waggle.broker.call;

import dev.waggle.spec.Author;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.message.SendKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ids of groups whose creator chose none: 10 characters of 32, so that a million groups collide with a chance
 * of one in two thousand, and a collision is an answer {@code exists}, not a mix-up. With an idempotency key the id
 * follows from author and key, so that a repeat meets the same group.
 */
public final class GroupIds {
    private static final int LENGTH = 10;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecureRandom random;

    public GroupIds(SecureRandom random) {
        this.random = random;
    }

    GroupId next(Author author, @Nullable SendKey key) {
        byte[] seed = new byte[32];
        if (key == null) {
            random.nextBytes(seed);
        } else {
            seed = digest(author, key);
        }
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(seed[i] & 31));
        }
        return new GroupId(id.toString());
    }

    private static byte[] digest(Author author, SendKey key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(author.text().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return sha256.digest(key.bytes().shared());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
