package dev.waggle.auth.jwt.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An issuer's key pair, its public form and its signatures, made with the JDK alone: a check of the library. */
public final class SigningKeys {
    private final KeyPair pair;
    private final String keyId;

    private SigningKeys(KeyPair pair, String keyId) {
        this.pair = pair;
        this.keyId = keyId;
    }

    public static SigningKeys elliptic(String curve, String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new SigningKeys(generator.generateKeyPair(), keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SigningKeys p256(String keyId) {
        return elliptic("secp256r1", keyId);
    }

    public static SigningKeys rsa(int bits, String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SigningKeys(generator.generateKeyPair(), keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SigningKeys ed25519(String keyId) {
        try {
            return new SigningKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String keyId() {
        return keyId;
    }

    public ObjectNode jwk() {
        ObjectNode jwk = JsonNodeFactory.instance.objectNode();
        jwk.put("kid", keyId);
        if (pair.getPublic() instanceof ECPublicKey key) {
            int bits = key.getParams().getCurve().getField().getFieldSize();
            int bytes = (bits + 7) / 8;
            jwk.put("kty", "EC").put("crv", "P-" + bits);
            jwk.put("x", encode(fixed(key.getW().getAffineX(), bytes)));
            jwk.put("y", encode(fixed(key.getW().getAffineY(), bytes)));
        } else if (pair.getPublic() instanceof RSAPublicKey key) {
            jwk.put("kty", "RSA").put("n", encode(unsigned(key.getModulus())));
            jwk.put("e", encode(unsigned(key.getPublicExponent())));
        } else {
            byte[] encoded = pair.getPublic().getEncoded();
            jwk.put("kty", "OKP").put("crv", "Ed25519");
            jwk.put("x", encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        }
        return jwk;
    }

    /** A JWK set of these entries. */
    public static String set(ObjectNode... keys) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.putArray("keys").addAll(Arrays.asList(keys));
        return set.toString();
    }

    public static String set(SigningKeys... keys) {
        return set(Arrays.stream(keys).map(SigningKeys::jwk).toArray(ObjectNode[]::new));
    }

    /** @param algorithm as in {@code alg} */
    public byte[] sign(String algorithm, byte[] text) {
        try {
            Signature signature =
                    switch (algorithm) {
                        case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
                        case "ES384" -> Signature.getInstance("SHA384withECDSAinP1363Format");
                        case "ES512" -> Signature.getInstance("SHA512withECDSAinP1363Format");
                        case "RS256" -> Signature.getInstance("SHA256withRSA");
                        case "RS512" -> Signature.getInstance("SHA512withRSA");
                        case "PS256" -> Signature.getInstance("RSASSA-PSS");
                        case "EdDSA" -> Signature.getInstance("Ed25519");
                        default -> throw new IllegalArgumentException(algorithm);
                    };
            if (algorithm.equals("PS256")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] fixed(BigInteger number, int bytes) {
        byte[] all = new byte[bytes];
        byte[] some = unsigned(number);
        System.arraycopy(some, 0, all, bytes - some.length, some.length);
        return all;
    }
}
