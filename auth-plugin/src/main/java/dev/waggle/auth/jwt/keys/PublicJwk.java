package dev.waggle.auth.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.spec.Parsed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Reads one entry of a JWK set (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2) into a key, if it is one that verifies signatures
 * of ours. Only the members named here are looked at: certificates, addresses and private parts never. Total.
 */
final class PublicJwk {
    private static final int RSA_MIN_BITS = 2_048;
    /** A check with more takes noticeably longer, and nobody signs tokens so. */
    private static final int RSA_MAX_BITS = 8_192;

    private static final int RSA_MAX_EXPONENT_BITS = 32;
    private static final int ED25519_BYTES = 32;
    /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410 §4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private PublicJwk() {}

    /** Bad: why the entry is passed over; names no member's value. */
    static Parsed<VerificationKey> read(JsonNode jwk) {
        if (!verifies(jwk)) {
            return Parsed.bad("it is not for checking signatures");
        }
        try {
            Parsed<VerificationKey> key =
                    switch (jwk.path("kty").asText()) {
                        case "EC" -> elliptic(jwk);
                        case "RSA" -> rsa(jwk);
                        case "OKP" -> edwards(jwk);
                        default -> Parsed.bad("its kty is none of EC, RSA, OKP");
                    };
            return key.then(good -> isForItsAlgorithm(jwk, good)
                    ? Parsed.ok(good)
                    : Parsed.bad("its alg does not fit the key, or is none of " + SignatureAlgorithm.ALLOWED));
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            return Parsed.bad("it is damaged");
        }
    }

    private static boolean verifies(JsonNode jwk) {
        if (jwk.has("use") && !jwk.path("use").asText().equals("sig")) {
            return false;
        }
        boolean found = !jwk.has("key_ops");
        for (JsonNode operation : jwk.path("key_ops")) {
            found |= operation.asText().equals("verify");
        }
        return found;
    }

    private static Parsed<VerificationKey> elliptic(JsonNode jwk) throws ParseException, JOSEException {
        SignatureAlgorithm algorithm =
                switch (jwk.path("crv").asText()) {
                    case "P-256" -> SignatureAlgorithm.ES256;
                    case "P-384" -> SignatureAlgorithm.ES384;
                    default -> null;
                };
        if (algorithm == null) {
            return Parsed.bad("its curve is none of P-256, P-384");
        }
        // The library refuses points that are not on the curve.
        ECKey key = ECKey.parse(only(jwk, "kty", "crv", "x", "y").toString());
        return Parsed.ok(VerificationKey.elliptic(key.toECPublicKey(), algorithm));
    }

    private static Parsed<VerificationKey> rsa(JsonNode jwk) throws ParseException, JOSEException {
        RSAPublicKey key = RSAKey.parse(only(jwk, "kty", "n", "e").toString()).toRSAPublicKey();
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        if (bits < RSA_MIN_BITS || bits > RSA_MAX_BITS) {
            return Parsed.bad("an RSA key has " + RSA_MIN_BITS + " to " + RSA_MAX_BITS + " bits");
        }
        if (exponent.bitLength() < 2 || exponent.bitLength() > RSA_MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            return Parsed.bad("the exponent of an RSA key is odd, 3 to 2^32");
        }
        Set<SignatureAlgorithm> both = EnumSet.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256);
        Set<SignatureAlgorithm> named = named(jwk);
        return Parsed.ok(VerificationKey.rsa(key, !named.isEmpty() && both.containsAll(named) ? named : both));
    }

    private static Parsed<VerificationKey> edwards(JsonNode jwk) throws GeneralSecurityException {
        if (!jwk.path("crv").asText().equals("Ed25519")) {
            return Parsed.bad("its curve is not Ed25519");
        }
        byte[] point = new Base64URL(jwk.path("x").asText()).decode();
        if (point.length != ED25519_BYTES) {
            return Parsed.bad("an Ed25519 key has " + ED25519_BYTES + " bytes");
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        // The JDK looks at the point only now.
        Signature.getInstance("Ed25519").initVerify(key);
        return Parsed.ok(VerificationKey.edwards(key));
    }

    /** {@code alg} binds the key to one algorithm; without it, the key's type does (RFC 8725 §3.1). */
    private static boolean isForItsAlgorithm(JsonNode jwk, VerificationKey key) {
        return !jwk.has("alg") || named(jwk).stream().anyMatch(key::takes);
    }

    /** Of one algorithm, or of none. */
    private static Set<SignatureAlgorithm> named(JsonNode jwk) {
        return SignatureAlgorithm.parse(jwk.path("alg").asText()).fold(Set::of, reason -> Set.of());
    }

    private static ObjectNode only(JsonNode jwk, String... members) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String member : members) {
            copy.set(member, jwk.path(member).isTextual() ? jwk.path(member) : null);
        }
        return copy;
    }
}
