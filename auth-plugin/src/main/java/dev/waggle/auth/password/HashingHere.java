package dev.waggle.auth.password;

import dev.waggle.spec.Bytes;
import java.security.SecureRandom;

/** Hashes in this process, on the caller's thread and in its heap: for programs that have nobody to disturb. */
public final class HashingHere implements PasswordHashing {
    private final Argon2id argon2id = new Argon2id();
    private final SecureRandom random;

    public HashingHere(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String hash(Password password) {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        return argon2id.hash(password.utf8(), Bytes.wrap(salt));
    }

    @Override
    public boolean matches(Password password, String phc) {
        return argon2id.matches(password.utf8(), phc);
    }
}
