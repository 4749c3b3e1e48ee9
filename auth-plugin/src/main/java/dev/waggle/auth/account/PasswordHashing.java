package dev.waggle.auth.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slow hashes of passwords: argon2id (RFC 9106) in PHC form. Each takes {@link #MEMORY_KIB} of memory and some 0.2 s of a
 * processor, so it belongs on a small pool with a short queue. Any thread.
 */
final class PasswordHashing {
    /** OWASP's choice of parameters for argon2id with one lane. */
    static final int MEMORY_KIB = 19_456;

    static final int PASSES = 2;
    static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** A stored hash may ask for this at most: a damaged or foreign one must not take the machine. */
    private static final int MAX_MEMORY_KIB = 4 * MEMORY_KIB;

    private static final int MAX_PASSES = 16;

    /** Belongs to nobody; costs as much to check as a real one. */
    static final String OF_NOBODY = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$"
            + "A".repeat(22) + "$" + "A".repeat(43);

    /** Of an account that has no password; costs as much to check as a real one. */
    static final String OF_NO_PASSWORD = OF_NOBODY.replace('A', 'B');

    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=" + LANES
            + "\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{22,128}");

    private final Argon2Function function = Argon2Function.getInstance(
            MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID, Argon2Function.ARGON2_VERSION_13);
    private final SecureRandom random;

    PasswordHashing(SecureRandom random) {
        this.random = random;
    }

    /** With a fresh salt. */
    String hash(Password password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return function.hash(password.utf8(), salt).getResult();
    }

    /** False also for a hash that is none, or asks for more than we give. */
    boolean matches(Password password, String phc) {
        Matcher form = FORM.matcher(phc);
        // Looked at by us first: the library takes the memory that the text asks for.
        if (!form.matches() || number(form, 1) > MAX_MEMORY_KIB || number(form, 2) > MAX_PASSES) {
            return false;
        }
        try {
            return Argon2Function.getInstanceFromHash(phc)
                    .check(password.utf8(), phc.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** True if it was made with other parameters than today's. */
    boolean isOutdated(String phc) {
        Matcher form = FORM.matcher(phc);
        return !form.matches() || number(form, 1) != MEMORY_KIB || number(form, 2) != PASSES;
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
