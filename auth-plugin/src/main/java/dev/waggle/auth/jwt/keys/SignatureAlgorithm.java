package dev.waggle.auth.jwt.keys;

import com.nimbusds.jose.JWSAlgorithm;
import dev.waggle.spec.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The signature algorithms there are (RFC 7518 §3.1, RFC 8037 §3.1): all with public keys, none with shared secrets. */
public enum SignatureAlgorithm {
    ES256("ES256"),
    ES384("ES384"),
    RS256("RS256"),
    PS256("PS256"),
    /** With Ed25519 only. */
    EDDSA("EdDSA");

    /** All names, for errors and documents. */
    public static final String ALLOWED =
            Arrays.stream(values()).map(SignatureAlgorithm::joseName).collect(Collectors.joining(", "));

    private final String joseName;

    SignatureAlgorithm(String joseName) {
        this.joseName = joseName;
    }

    /** As {@code alg} has it; exact, for {@code es256} is no algorithm. */
    public String joseName() {
        return joseName;
    }

    public static Parsed<SignatureAlgorithm> parse(String name) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.joseName().equals(name)) {
                return Parsed.ok(algorithm);
            }
        }
        return Parsed.bad("an algorithm is one of " + ALLOWED);
    }

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(joseName);
    }
}
