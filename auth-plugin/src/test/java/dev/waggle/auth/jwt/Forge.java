package dev.waggle.auth.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Consumer;

/** Makes tokens that no honest issuer makes, with the JDK's own cryptography: an independent check of the library. */
final class Forge {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ECKey key;

    Forge(LocalKeys keys) {
        this(keys.signing(0));
    }

    Forge(ECKey key) {
        this.key = key;
    }

    /** {@code NOW} plus so many seconds, as a claim. */
    static long at(long seconds) {
        return NOW.getEpochSecond() + seconds;
    }

    String goodHeader() {
        return "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.getKeyID() + "\"}";
    }

    static String goodClaims() {
        return "{\"iss\":\"waggle:local\",\"aud\":\"waggle\",\"sub\":\"alice\",\"roles\":[\"user\"],\"iat\":" + at(0)
                + ",\"exp\":" + at(900) + ",\"jti\":\"t1\"}";
    }

    String good() {
        return sign(goodHeader(), goodClaims());
    }

    /** A good token but for one change of the header. */
    String header(Consumer<ObjectNode> change) {
        return sign(edit(goodHeader(), change), goodClaims());
    }

    /** A good token but for one change of the claims. */
    String claims(Consumer<ObjectNode> change) {
        return sign(goodHeader(), edit(goodClaims(), change));
    }

    /** A good token but for one claim, given as JSON. */
    String claim(String name, String json) {
        return claims(claims -> claims.set(name, read(json)));
    }

    String without(String claim) {
        return claims(claims -> claims.remove(claim));
    }

    /** Any header, any claims, a correct signature. */
    String sign(String header, String claims) {
        return sign(encode(header), encode(claims), "SHA256withECDSAinP1363Format");
    }

    String sign(byte[] header, byte[] claims) {
        return sign(encode(header), encode(claims), "SHA256withECDSAinP1363Format");
    }

    String signedAsDer() {
        return sign(encode(goodHeader()), encode(goodClaims()), "SHA256withECDSA");
    }

    private String sign(String header, String claims, String algorithm) {
        try {
            PrivateKey secret = key.toECPrivateKey();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "." + encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(String header, String claims, byte[] signature) {
        return encode(header) + "." + encode(claims) + "." + encode(signature);
    }

    static String edit(String json, Consumer<ObjectNode> change) {
        ObjectNode node = (ObjectNode) read(json);
        change.accept(node);
        return node.toString();
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
