package dev.waggle.auth.jwt.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Set;

/** A public key and the algorithms it may be used with. Immutable; equal if the key and its use are. Any thread. */
public final class VerificationKey {
    private final PublicKey key;
    private final Set<SignatureAlgorithm> algorithms;
    private final Check check;

    /** Answers false or throws for a signature that is not of this key. */
    private interface Check {
        boolean matches(SignatureAlgorithm algorithm, byte[] signed, Base64URL signature)
                throws JOSEException, GeneralSecurityException;
    }

    private VerificationKey(PublicKey key, Set<SignatureAlgorithm> algorithms, Check check) {
        this.key = key;
        this.algorithms = Set.copyOf(algorithms);
        this.check = check;
    }

    /** @param algorithm ES256 or ES384, as the curve asks */
    public static VerificationKey elliptic(ECPublicKey key, SignatureAlgorithm algorithm) throws JOSEException {
        return new VerificationKey(key, EnumSet.of(algorithm), library(new ECDSAVerifier(key)));
    }

    /** @param algorithms RS256, PS256 or both */
    static VerificationKey rsa(RSAPublicKey key, Set<SignatureAlgorithm> algorithms) {
        return new VerificationKey(key, algorithms, library(new RSASSAVerifier(key)));
    }

    /** With the JDK's own Ed25519: the library needs another one for it. */
    static VerificationKey edwards(PublicKey key) {
        return new VerificationKey(key, EnumSet.of(SignatureAlgorithm.EDDSA), (algorithm, signed, signature) -> {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(signed);
            return ed25519.verify(signature.decode());
        });
    }

    /** A header of our own: what else the token's header says must not reach the library. */
    private static Check library(JWSVerifier verifier) {
        return (algorithm, signed, signature) -> verifier.verify(new JWSHeader(algorithm.jose()), signed, signature);
    }

    public boolean takes(SignatureAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    /** @return false for every signature that is wrong in whatever way */
    public boolean matches(SignatureAlgorithm algorithm, byte[] signed, Base64URL signature) {
        if (!takes(algorithm)) {
            return false;
        }
        try {
            return check.matches(algorithm, signed, signature);
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && key.equals(that.key) && algorithms.equals(that.algorithms);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
