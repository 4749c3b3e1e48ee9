package dev.waggle.auth.password;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a slow hash as it is stored: argon2id (RFC 9106) in PHC form. Pure. */
public final class PasswordHash {
    /** OWASP's choice of parameters for argon2id with one lane. */
    static final int MEMORY_KIB = 19_456;

    static final int PASSES = 2;
    static final int LANES = 1;

    /** A stored hash may ask for this at most: a damaged or foreign one must not take the machine. */
    static final int MAX_MEMORY_KIB = 4 * MEMORY_KIB;

    private static final int MAX_PASSES = 16;

    /** Belongs to nobody; costs as much to check as a real one. */
    public static final String OF_NOBODY = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$"
            + "A".repeat(22) + "$" + "A".repeat(43);

    /** Of an account that has no password; costs as much to check as a real one. */
    public static final String OF_NO_PASSWORD = OF_NOBODY.replace('A', 'B');

    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=" + LANES
            + "\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{22,128}");

    private PasswordHash() {}

    /** False for what is no hash, or asks for more than we give. */
    static boolean isAffordable(String phc) {
        Matcher form = FORM.matcher(phc);
        return form.matches() && number(form, 1) <= MAX_MEMORY_KIB && number(form, 2) <= MAX_PASSES;
    }

    /** True if it was made with other parameters than today's. */
    public static boolean isOutdated(String phc) {
        Matcher form = FORM.matcher(phc);
        return !form.matches() || number(form, 1) != MEMORY_KIB || number(form, 2) != PASSES;
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
