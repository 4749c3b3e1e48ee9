package dev.waggle.auth.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.spec.Parsed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwkSetTest {
    private static final SigningKeys EC = SigningKeys.p256("ec");
    private static final SigningKeys EC384 = SigningKeys.elliptic("secp384r1", "ec384");
    private static final SigningKeys RSA = SigningKeys.rsa(2_048, "rsa");
    private static final SigningKeys ED = SigningKeys.ed25519("ed");
    private static final byte[] TEXT = "header.claims".getBytes(StandardCharsets.US_ASCII);

    private static Parsed<JwkSet> parse(String json) {
        return JwkSet.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode changed(SigningKeys key, Consumer<ObjectNode> change) {
        ObjectNode jwk = key.jwk();
        change.accept(jwk);
        return jwk;
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void find_eachAlgorithm_checksSignaturesOfTheJdk(SignatureAlgorithm algorithm, SigningKeys key) {
        JwkSet set = parse(SigningKeys.set(EC, EC384, RSA, ED)).get();
        VerificationKey found = set.find(algorithm, key.keyId());
        byte[] signature = key.sign(algorithm.joseName(), TEXT);

        assertThat(found.matches(algorithm, TEXT, Base64URL.encode(signature))).isTrue();
        signature[signature.length / 2] ^= 1;
        assertThat(found.matches(algorithm, TEXT, Base64URL.encode(signature))).isFalse();
        assertThat(found.matches(algorithm, TEXT, Base64URL.encode(new byte[signature.length])))
                .as("T-11 zeros")
                .isFalse();
        assertThat(found.matches(algorithm, TEXT, Base64URL.encode(new byte[0])))
                .isFalse();
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                arguments(SignatureAlgorithm.ES256, EC),
                arguments(SignatureAlgorithm.ES384, EC384),
                arguments(SignatureAlgorithm.RS256, RSA),
                arguments(SignatureAlgorithm.PS256, RSA),
                arguments(SignatureAlgorithm.EDDSA, ED));
    }

    @Test
    void matches_edwardsSignatureWithTheOrderAdded_false() {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] signature = ED.sign("EdDSA", TEXT);
        byte[] scalar = Arrays.copyOfRange(signature, 32, 64);
        reverse(scalar);
        byte[] sum = new BigInteger(1, scalar).add(order).toByteArray();
        byte[] padded = new byte[32];
        System.arraycopy(sum, 0, padded, 32 - sum.length, sum.length);
        reverse(padded);
        System.arraycopy(padded, 0, signature, 32, 32);

        VerificationKey key = parse(SigningKeys.set(ED)).get().find(SignatureAlgorithm.EDDSA, "ed");

        assertThat(key.matches(SignatureAlgorithm.EDDSA, TEXT, Base64URL.encode(signature)))
                .isFalse();
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            byte kept = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = kept;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void parse_unusableKey_passedOver(String what, ObjectNode jwk) {
        assertThat(parse(SigningKeys.set(jwk)).isOk()).as(what + ", alone").isFalse();

        JwkSet beside = parse(SigningKeys.set(EC.jwk(), jwk)).get();

        assertThat(beside.size()).as(what + ", beside a good one").isEqualTo(1);
        assertThat(beside.passedOver())
                .singleElement()
                .asString()
                .startsWith("keys[1]: ")
                .hasSizeLessThan(120);
    }

    static Stream<Arguments> unusable() {
        String secret = Base64URL.encode(new byte[64]).toString();
        return Stream.of(
                arguments(
                        "T-03 shared secret",
                        changed(EC, k -> k.put("kty", "oct").put("k", secret))),
                arguments("RSA of 1024 bits", SigningKeys.rsa(1_024, "small").jwk()),
                arguments("RSA with exponent 1", changed(RSA, k -> k.put("e", "AQ"))),
                arguments("RSA with an even exponent", changed(RSA, k -> k.put("e", "Ag"))),
                arguments("use enc", changed(EC, k -> k.put("use", "enc"))),
                arguments("use null", changed(EC, k -> k.putNull("use"))),
                arguments(
                        "key_ops sign only",
                        changed(EC, k -> k.putArray("key_ops").add("sign"))),
                arguments("key_ops empty", changed(EC, k -> k.putArray("key_ops"))),
                arguments("alg HS256", changed(RSA, k -> k.put("alg", "HS256"))),
                arguments("alg RSA-OAEP", changed(RSA, k -> k.put("alg", "RSA-OAEP"))),
                arguments("alg of another curve", changed(EC, k -> k.put("alg", "ES384"))),
                arguments("alg null", changed(EC, k -> k.putNull("alg"))),
                arguments("P-521", SigningKeys.elliptic("secp521r1", "big").jwk()),
                arguments("secp256k1", changed(EC, k -> k.put("crv", "secp256k1"))),
                arguments(
                        "point not on the curve",
                        changed(EC, k -> k.put("x", k.path("y").asText()))),
                arguments("x missing", changed(EC, k -> k.remove("x"))),
                arguments("x a number", changed(EC, k -> k.put("x", 1))),
                arguments("Ed25519 too short", changed(ED, k -> k.put("x", "AAAA"))),
                arguments("X25519", changed(ED, k -> k.put("crv", "X25519"))),
                arguments("kty unknown", changed(EC, k -> k.put("kty", "ec"))));
    }

    @Test
    void find_keyWithItsAlgorithm_onlyForThat() {
        JwkSet set = parse(
                        SigningKeys.set(changed(RSA, k -> k.put("alg", "RS256").put("use", "sig"))))
                .get();

        assertThat(set.find(SignatureAlgorithm.RS256, "rsa")).isNotNull();
        assertThat(set.find(SignatureAlgorithm.PS256, "rsa")).as("T-04").isNull();
    }

    @Test
    void find_twoKeysOfOneName_neitherUnlessTheAlgorithmTells() {
        JwkSet set = parse(SigningKeys.set(
                        SigningKeys.p256("same"), SigningKeys.p256("same"), SigningKeys.rsa(2_048, "same")))
                .get();

        assertThat(set.find(SignatureAlgorithm.ES256, "same")).as("T-05").isNull();
        assertThat(set.find(SignatureAlgorithm.RS256, "same")).isNotNull();
    }

    @Test
    void find_noName_onlyInASetOfOne() {
        assertThat(parse(SigningKeys.set(EC)).get().find(SignatureAlgorithm.ES256, null))
                .isNotNull();
        assertThat(parse(SigningKeys.set(EC)).get().find(SignatureAlgorithm.RS256, null))
                .isNull();
        assertThat(parse(SigningKeys.set(EC, RSA)).get().find(SignatureAlgorithm.ES256, null))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("noSets")
    void parse_noKeySet_isBad(String text) {
        assertThat(parse(text).isOk()).isFalse();
    }

    static Stream<String> noSets() {
        return Stream.of(
                "",
                "{}",
                "[]",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[1,null,[]]}",
                "<html>",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[" + "{},".repeat(100) + "{}]}",
                "{\"keys\":[]}" + " ".repeat(JwkSet.MAX_BYTES));
    }

    @Test
    void passedOver_hostileEntry_quotesNothing() {
        JwkSet set = parse(SigningKeys.set(
                        EC.jwk(), changed(RSA, k -> k.put("n", "SECRET\nline").put("d", "PRIVATE"))))
                .get();

        assertThat(set.passedOver().toString()).doesNotContain("SECRET", "PRIVATE", "\n");
    }

    @Property(tries = 1000)
    void parse_anyText_neverThrows(@ForAll String text) {
        assertThat(parse(text).isOk()).isFalse();
    }
}
