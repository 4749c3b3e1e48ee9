package dev.waggle.auth.jwt.keys;

import com.nimbusds.jose.util.Base64URL;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;

/** Any bytes as a published key set: nothing throws, limits hold, no key takes what nobody signed, nothing is quoted. */
public final class JwkSetTarget {
    private static final byte[] SIGNED = "signed".getBytes(StandardCharsets.US_ASCII);
    private static final Base64URL ZEROS = Base64URL.encode(new byte[64]);

    private JwkSetTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Parsed<JwkSet> parsed = JwkSet.parse(input);
        if (!(parsed instanceof Parsed.Ok<JwkSet> ok)) {
            return;
        }
        JwkSet set = ok.value();
        holds(input.length <= JwkSet.MAX_BYTES, "a set that is too large");
        holds(set.size() > 0 && set.size() <= 100, "a set of " + set.size());
        String text = new String(input, StandardCharsets.UTF_8);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            for (String name : new String[] {null, "k1", "k2"}) {
                VerificationKey key = set.find(algorithm, name);
                if (key != null) {
                    holds(key.takes(algorithm), "a key for another algorithm");
                    holds(!key.matches(algorithm, SIGNED, ZEROS), "a signature of nobody");
                    holds(text.contains("keys"), "a key from nowhere");
                }
            }
        }
        set.passedOver().forEach(reason -> holds(reason.length() < 300, "a reason that quotes the set"));
    }

    private static void holds(boolean property, String what) {
        if (!property) {
            throw new AssertionError(what);
        }
    }
}
