package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserIds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdTokensTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String APPLE = "https://appleid.apple.com";
    private static final String GOOGLE = "https://accounts.google.com";
    private static final String FACEBOOK = "https://www.facebook.com";
    private static final String NONCE = "a fresh one";
    private static RSAKey key;

    private Instant now = START;
    private IdTokens tokens;
    private int serial;

    @BeforeAll
    static void makeKey() throws Exception {
        key = new RSAKeyGenerator(2_048).keyID("k").generate();
    }

    @BeforeEach
    void start() {
        tokens = idTokens();
        now = now.plusSeconds(5);
    }

    private IdTokens idTokens() {
        byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        return new IdTokens(
                List.of(
                        terms(APPLE, Set.of("com.example.app"), true),
                        terms(GOOGLE, Set.of("server.example", "android.example"), false),
                        terms(FACEBOOK, Set.of("1234567890"), true)),
                address -> CompletableFuture.completedFuture(Parsed.ok(set)),
                () -> now,
                (issuer, good) -> {});
    }

    private static IdTokenIssuer terms(String name, Set<String> clientIds, boolean nonce) {
        return new IdTokenIssuer(
                name, clientIds, URI.create(name + "/keys"), EnumSet.of(SignatureAlgorithm.RS256), nonce);
    }

    private ObjectNode apple() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", APPLE).put("aud", "com.example.app").put("sub", "001234.ab" + serial++ + ".0815");
        claims.put("iat", now.getEpochSecond()).put("exp", now.getEpochSecond() + 86_400);
        claims.put("nonce", NONCE).put("nonce_supported", true).put("email", "a@privaterelay.appleid.com");
        return claims.put("email_verified", "true").put("auth_time", now.getEpochSecond());
    }

    private String sign(ObjectNode claims, String header) throws Exception {
        String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims.toString());
        return signed + "."
                + new RSASSASigner(key)
                        .sign(new JWSHeader(JWSAlgorithm.RS256), signed.getBytes(StandardCharsets.US_ASCII));
    }

    private String sign(ObjectNode claims) throws Exception {
        return sign(claims, "{\"kid\":\"k\",\"alg\":\"RS256\"}");
    }

    private IdTokenCheck check(String token, String nonce) {
        IdTokenCheck check = tokens.check(token, nonce, now.toEpochMilli());
        return check instanceof IdTokenCheck.Later ? tokens.check(token, nonce, now.toEpochMilli()) : check;
    }

    private void assertGood(IdTokenCheck check, String issuer, ObjectNode claims) {
        assertThat(check)
                .isEqualTo(new IdTokenCheck.Good(
                        UserIds.map(issuer, claims.path("sub").textValue(), false)
                                .get()));
    }

    @Test
    void check_tokensAsTheProvidersMakeThem_areTheUserOfIssuerAndSubject() throws Exception {
        ObjectNode apple = apple();
        assertGood(check(sign(apple), NONCE), APPLE, apple);
        ObjectNode verified = apple().put("email_verified", true);
        assertGood(check(sign(verified), NONCE), APPLE, verified);

        ObjectNode google =
                apple().put("iss", GOOGLE).put("aud", "server.example").put("azp", "their.android");
        google.remove("nonce");
        assertGood(check(sign(google, "{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}"), null), GOOGLE, google);
        ObjectNode brief = google.deepCopy().put("iss", "accounts.google.com").put("jti", "another");
        assertGood(check(sign(brief), null), GOOGLE, brief);

        ObjectNode facebook =
                apple().put("iss", FACEBOOK).put("aud", "1234567890").put("jti", "j.1");
        facebook.put("at_hash", "x").put("picture", "https://example.org/p");
        assertGood(check(sign(facebook), NONCE), FACEBOOK, facebook);
    }

    @Test
    void check_nonceHashedByTheApp_isTheSame() throws Exception {
        ObjectNode claims = apple().put("nonce", "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");

        assertGood(check(sign(claims), "hello world"), APPLE, claims);
    }

    @Test
    void check_severalAudiences_goodOnlyIfAllAreOurs_andIssuedToUs() throws Exception {
        ObjectNode claims = apple().put("iss", GOOGLE);
        claims.putArray("aud").add("server.example").add("android.example");
        assertThat(check(sign(claims), NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
        assertGood(check(sign(claims.put("azp", "android.example")), NONCE), GOOGLE, claims);
        claims.withArray("aud").add("a stranger");
        assertThat(check(sign(claims), NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
    }

    static Stream<Named<Consumer<ObjectNode>>> wrong() {
        long start = START.getEpochSecond() + 5;
        return Stream.of(
                Named.of("another iss", claims -> claims.put("iss", APPLE + "/")),
                Named.of("Google's short name for another", claims -> claims.put("iss", "appleid.apple.com")),
                Named.of("iss no text", claims -> claims.put("iss", 1)),
                Named.of("another app's aud", claims -> claims.put("aud", "com.example.other")),
                Named.of("aud of another provider's app", claims -> claims.put("aud", "1234567890")),
                Named.of("aud empty", claims -> claims.putArray("aud")),
                Named.of("no aud", claims -> claims.remove("aud")),
                Named.of("expired", claims -> claims.put("exp", start - 31)),
                Named.of("no exp", claims -> claims.remove("exp")),
                Named.of("exp null", claims -> claims.putNull("exp")),
                Named.of("iat text", claims -> claims.put("iat", "" + start)),
                Named.of("issued in the future", claims -> claims.put("iat", start + 61)),
                Named.of("not yet", claims -> claims.put("nbf", start + 61)),
                Named.of("from before the start", claims -> claims.put("iat", start - 6)),
                Named.of("another nonce", claims -> claims.put("nonce", "another")),
                Named.of("nonce no text", claims -> claims.put("nonce", true)),
                Named.of("no nonce", claims -> claims.remove("nonce")),
                Named.of("no sub", claims -> claims.remove("sub")),
                Named.of("sub a number", claims -> claims.put("sub", 7)),
                Named.of("sub empty", claims -> claims.put("sub", "")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void check_oneThingWrong_bad(Consumer<ObjectNode> change) throws Exception {
        ObjectNode claims = apple();
        change.accept(claims);
        String token = sign(claims);

        assertThat(check(token, NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
        assertThat(check(token, NONCE).toString()).doesNotContain(token.substring(30, 60));
    }

    @Test
    void check_headersThatAreNone_bad() throws Exception {
        for (String header : List.of(
                "{\"kid\":\"k\",\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
                "{\"kid\":\"k\",\"alg\":\"RS256\",\"typ\":\"application/at+jwt\"}",
                "{\"kid\":\"k\",\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}",
                "{\"kid\":\"k\",\"alg\":\"RS256\",\"typ\":7}",
                "{\"kid\":\"k\",\"alg\":\"none\"}",
                "{\"kid\":\"k\",\"alg\":\"HS256\"}",
                "{\"kid\":\"k\",\"alg\":\"PS256\"}",
                "{\"kid\":\"k\",\"alg\":\"ES256\"}",
                "{\"kid\":\"k\",\"alg\":\"RS256\",\"crit\":[]}",
                "{\"kid\":\"k\"}",
                "{\"kid\":7,\"alg\":\"RS256\"}")) {
            assertThat(check(sign(apple(), header), NONCE)).as(header).isInstanceOf(IdTokenCheck.Bad.class);
        }
        assertThat(check(sign(apple()), null)).as("nonce not sent").isInstanceOf(IdTokenCheck.Bad.class);
        assertThat(check("no token", NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
    }

    @Test
    void check_signature_changedOrOfAnotherKey_bad_andTheTokenStaysUnused() throws Exception {
        ObjectNode claims = apple();
        String good = sign(claims);
        String other = sign(apple());
        String mixed = good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertThat(check(mixed, NONCE)).isEqualTo(new IdTokenCheck.Bad("the signature is wrong"));
        assertGood(check(good, NONCE), APPLE, claims);
    }

    @Test
    void check_again_bad_asLongAsItIsYoungEnough_andThenItIsTooOld() throws Exception {
        String token = sign(apple());
        assertThat(check(token, NONCE)).isInstanceOf(IdTokenCheck.Good.class);
        for (int i = 0; i < 13; i++) {
            assertThat(check(token, NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
            now = now.plusSeconds(60);
        }
    }

    @Test
    void check_usedBeforeTheProcessWasKilled_bad() throws Exception {
        String token = sign(apple());
        assertThat(check(token, NONCE)).isInstanceOf(IdTokenCheck.Good.class);
        now = now.plusSeconds(2);
        tokens = idTokens();

        assertThat(check(token, NONCE)).isInstanceOf(IdTokenCheck.Bad.class);
        assertThat(check(sign(apple()), NONCE)).isInstanceOf(IdTokenCheck.Good.class);
    }
}
