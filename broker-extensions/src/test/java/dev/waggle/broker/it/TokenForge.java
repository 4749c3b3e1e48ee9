package dev.waggle.broker.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens like those of an issuer, with its key, but for one change; signatures are the JDK's. */
final class TokenForge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ECKey key;
    private final String issuer;
    private final String audience;

    TokenForge(ECKey key, String issuer, String audience) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
    }

    /** With the key that the broker's own issuer signs with now. */
    static TokenForge local(Reachable broker) throws IOException, ParseException, JOSEException {
        String kid = decoded(broker.token("anybody", "d").split("\\.")[0])
                .path("kid")
                .asText();
        JWKSet set = JWKSet.load(broker.data().resolve("local-issuer.jwks").toFile());
        return new TokenForge(set.getKeyByKeyId(kid).toECKey(), "waggle:local", "waggle");
    }

    /** The same, but the key is its own. */
    TokenForge withKey(ECKey other) {
        return new TokenForge(other, issuer, audience);
    }

    ECKey key() {
        return key;
    }

    private static ObjectNode decoded(String part) throws IOException {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    ObjectNode header() {
        return JSON.createObjectNode().put("alg", "ES256").put("typ", "at+jwt").put("kid", key.getKeyID());
    }

    ObjectNode claims() {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", "alice")
                .put("iat", now)
                .put("exp", now + 600)
                .put("jti", "forged-" + System.nanoTime());
        claims.putArray("roles").add("user");
        return claims;
    }

    String good() {
        return claims(claims -> {});
    }

    String claims(Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return sign(header().toString(), claims.toString());
    }

    String header(Consumer<ObjectNode> change) {
        ObjectNode header = header();
        change.accept(header);
        return sign(header.toString(), claims().toString());
    }

    /** One claim, as JSON. */
    String claim(String name, String json) {
        return claims(claims -> claims.set(name, read(json)));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any header, any claims, a correct signature. */
    String sign(String header, String claims) {
        return sign(header, claims, "SHA256withECDSAinP1363Format");
    }

    String sign(String header, String claims, String algorithm) {
        try {
            return sign(header, claims, algorithm, key.toECPrivateKey());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(String header, String claims, String algorithm, PrivateKey key) {
        String signed = encode(header) + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HS256 with any secret. */
    String authenticated(Consumer<ObjectNode> change, byte[] secret) {
        ObjectNode header = header().put("alg", "HS256");
        change.accept(header);
        String signed = encode(header.toString()) + "." + encode(claims().toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever signature. */
    String unsigned(Consumer<ObjectNode> change, byte[] signature) {
        ObjectNode header = header();
        change.accept(header);
        return encode(header.toString()) + "." + encode(claims().toString()) + "." + encode(signature);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
