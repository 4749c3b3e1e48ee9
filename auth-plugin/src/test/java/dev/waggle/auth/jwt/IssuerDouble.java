package dev.waggle.auth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.auth.jwt.keys.Documents;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.auth.jwt.keys.SigningKeys;
import dev.waggle.spec.Parsed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** An external issuer without a network: signs tokens, publishes a key set, can be switched off. */
final class IssuerDouble implements Documents {
    static final String NAME = "https://id.example";
    static final URI ADDRESS = URI.create("https://id.example/keys");

    /** What is published; null: the endpoint is down. */
    String published;

    int fetches;

    /** The usual terms. */
    static ExternalIssuer terms() {
        return new ExternalIssuer(
                NAME,
                "chat",
                ADDRESS,
                ExternalIssuer.Type.ACCESS_TOKEN,
                EnumSet.allOf(SignatureAlgorithm.class),
                "sub",
                "device_id",
                null,
                false,
                Duration.ofHours(24),
                Duration.ofHours(24),
                null);
    }

    @Override
    public CompletionStage<Parsed<byte[]>> get(URI address) {
        fetches++;
        return CompletableFuture.completedFuture(
                published == null ? Parsed.bad("status 503") : Parsed.ok(published.getBytes(StandardCharsets.UTF_8)));
    }

    static ObjectNode header(String algorithm, SigningKeys key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alg", algorithm)
                .put("typ", "at+jwt")
                .put("kid", key.keyId());
    }

    static ObjectNode claims() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", NAME)
                .put("aud", "chat")
                .put("sub", "auth0|alice")
                .put("client_id", "the-app")
                .put("iat", Forge.at(0))
                .put("exp", Forge.at(900))
                .put("jti", "t1");
    }

    static String token(String algorithm, SigningKeys key) {
        return token(header(algorithm, key), claims(), algorithm, key);
    }

    /** A good token but for one change of the claims. */
    static String token(SigningKeys key, Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return token(header("ES256", key), claims, "ES256", key);
    }

    static String token(JsonNode header, JsonNode claims, String algorithm, SigningKeys key) {
        String text = Forge.encode(header.toString()) + "." + Forge.encode(claims.toString());
        return text + "." + Forge.encode(key.sign(algorithm, text.getBytes(StandardCharsets.US_ASCII)));
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
