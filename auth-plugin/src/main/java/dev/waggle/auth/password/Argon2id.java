package dev.waggle.auth.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.waggle.spec.Bytes;
import java.nio.charset.StandardCharsets;

/** The function itself: {@link PasswordHash#MEMORY_KIB} of memory and a tenth of a second of a processor. Any thread. */
final class Argon2id {
    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Function function = Argon2Function.getInstance(
            PasswordHash.MEMORY_KIB,
            PasswordHash.PASSES,
            PasswordHash.LANES,
            HASH_BYTES,
            Argon2.ID,
            Argon2Function.ARGON2_VERSION_13);

    /** @return PHC form */
    String hash(Bytes password, Bytes salt) {
        return function.hash(password.shared(), salt.shared()).getResult();
    }

    /** False also for a hash that is none, or asks for more than we give. */
    boolean matches(Bytes password, String phc) {
        // Looked at by us first: the library takes the memory that the text asks for.
        if (!PasswordHash.isAffordable(phc)) {
            return false;
        }
        try {
            return Argon2Function.getInstanceFromHash(phc)
                    .check(password.shared(), phc.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
