package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import dev.waggle.auth.Verdict;
import dev.waggle.spec.UserId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The attack list on tokens, row by row: each is signed as well as the attacker can, and refused for the reason named. */
class TokenAttacksTest {
    private static final LocalKeys KEYS = Keys.local("k1");
    private static final Forge FORGE = new Forge(KEYS);
    private static final Forge ATTACKER = new Forge(Keys.pair("k1"));

    private static final String HEADER = FORGE.goodHeader();
    private static final String CLAIMS = Forge.goodClaims();

    private final JwtVerifier verifier =
            new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, Runnable::run, Forge.CLOCK, 100);

    private Verdict verify(String token) {
        return verifier.verify(token).toCompletableFuture().getNow(new Verdict.Denied(0, "no answer"));
    }

    @Test
    void verify_goodToken_granted() {
        assertThat(verify(FORGE.good())).isInstanceOf(Verdict.Granted.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"algorithms", "headers", "times", "addressees", "subjects", "rights", "bindings", "texts"})
    void verify_attack_refused(String attack, String token, String reason) {
        Verdict verdict = verify(token);

        assertThat(verdict).as(attack).isInstanceOf(Verdict.Denied.class);
        Verdict.Denied denied = (Verdict.Denied) verdict;
        assertThat(denied.reasonCode()).isEqualTo(0x87);
        assertThat(denied.reason()).contains(reason).hasSizeLessThan(200);
    }

    static Stream<Arguments> algorithms() {
        byte[] none = {};
        byte[] zero = new byte[64];
        return Stream.of(
                arguments("T-01 alg none", unsigned("none", none), "three parts"),
                arguments("T-01 alg none with a signature", unsigned("none", zero), "alg must be"),
                arguments("T-01 alg None", unsigned("None", zero), "alg must be"),
                arguments("T-01 alg NONE", unsigned("NONE", zero), "alg must be"),
                arguments("T-01 alg nOnE", unsigned("nOnE", zero), "alg must be"),
                arguments("alg es256 in lower case", FORGE.header(h -> h.put("alg", "es256")), "alg must be"),
                arguments("alg missing", FORGE.header(h -> h.remove("alg")), "alg must be"),
                arguments("alg is a number", FORGE.header(h -> h.put("alg", 1)), "alg must be"),
                arguments("T-02 HS256 with the public key", hmacWithPublicKey(), "alg must be"),
                arguments(
                        "T-04 ES384 though the key is P-256", FORGE.header(h -> h.put("alg", "ES384")), "alg must be"),
                arguments("T-04 ES256K", FORGE.header(h -> h.put("alg", "ES256K")), "alg must be"),
                arguments("RS256 with the kid of an EC key", FORGE.header(h -> h.put("alg", "RS256")), "alg must be"),
                arguments("T-11 psychic signature r=s=0", Forge.unsigned(HEADER, CLAIMS, zero), "signature"),
                arguments("signature r=s=n", Forge.unsigned(HEADER, CLAIMS, orderTwice()), "signature"),
                arguments("signature in DER", FORGE.signedAsDer(), "signature"),
                arguments("signature cut short", Forge.unsigned(HEADER, CLAIMS, new byte[63]), "signature"),
                arguments("signature of another token", withSignatureOf(FORGE.claim("sub", "\"bob\"")), "signature"),
                arguments("attacker's key with the same kid", ATTACKER.good(), "signature"),
                arguments("T-12 JWE with PBES2 and huge p2c", jwe(), "three parts"));
    }

    static Stream<Arguments> headers() {
        String embedded = KEYS.signing(0).toPublicJWK().toJSONString();
        return Stream.of(
                arguments("T-06 jwk of the attacker", attackerKeyEmbedded(), "signature"),
                arguments(
                        "T-06 jwk of ours, unknown kid",
                        FORGE.header(h -> h.put("kid", "k2").set("jwk", Forge.read(embedded))),
                        "kid names no key"),
                arguments(
                        "T-05 kid ../../dev/null",
                        FORGE.header(h -> h.put("kid", "../../dev/null")),
                        "kid names no key"),
                arguments("T-05 kid with SQL", FORGE.header(h -> h.put("kid", "' or 1=1 --")), "kid names no key"),
                arguments(
                        "T-05 kid with a line break", FORGE.header(h -> h.put("kid", "k1\nroot")), "kid names no key"),
                arguments("T-05 kid is a number", FORGE.header(h -> h.put("kid", 1)), "kid must be text"),
                arguments("T-05 kid missing", FORGE.header(h -> h.remove("kid")), "kid names no key"),
                arguments("kid null", FORGE.header(h -> h.putNull("kid")), "kid must be text"),
                arguments(
                        "kid of 129 characters", FORGE.header(h -> h.put("kid", "k".repeat(129))), "kid must be text"),
                arguments(
                        "T-07 crit unknown",
                        FORGE.header(h -> h.putArray("crit").add("x")),
                        "crit"),
                arguments("crit []", FORGE.header(h -> h.putArray("crit")), "crit"),
                arguments("crit null", FORGE.header(h -> h.putNull("crit")), "crit"),
                arguments(
                        "b64 false with crit b64",
                        FORGE.header(h -> h.put("b64", false).putArray("crit").add("b64")),
                        "crit"),
                arguments("b64 false alone", FORGE.header(h -> h.put("b64", false)), "b64"),
                arguments("typ JWT (id token replay)", FORGE.header(h -> h.put("typ", "JWT")), "typ must be"),
                arguments("typ absent", FORGE.header(h -> h.remove("typ")), "typ must be"),
                arguments("typ null", FORGE.header(h -> h.putNull("typ")), "typ must be"),
                arguments("typ logout+jwt", FORGE.header(h -> h.put("typ", "logout+jwt")), "typ must be"),
                arguments(
                        "duplicate name in the header",
                        FORGE.sign(HEADER.replace("{", "{\"alg\":\"none\","), CLAIMS),
                        "not strict JSON"));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments("exp missing", FORGE.without("exp"), "exp and iat"),
                arguments("exp null", FORGE.claim("exp", "null"), "exp and iat"),
                arguments("exp string", FORGE.claim("exp", "\"" + Forge.at(60) + "\""), "exp and iat"),
                arguments("exp fraction", FORGE.claim("exp", Forge.at(60) + ".5"), "exp and iat"),
                arguments("exp true", FORGE.claim("exp", "true"), "exp and iat"),
                arguments("exp array", FORGE.claim("exp", "[" + Forge.at(60) + "]"), "exp and iat"),
                arguments("exp 1e300", FORGE.claim("exp", "1e300"), "exp and iat"),
                arguments("exp Long.MAX", FORGE.claim("exp", "" + Long.MAX_VALUE), "exp and iat"),
                arguments("exp over Long.MAX", FORGE.claim("exp", "92233720368547758080"), "exp and iat"),
                arguments("exp negative", FORGE.claim("exp", "-1"), "exp and iat"),
                arguments("exp now", lived(-900, 0), "expired"),
                arguments("exp 1 s ago", lived(-900, -1), "expired"),
                arguments("exp 55 s ago", lived(-900, -55), "expired"),
                arguments("exp before iat", lived(10, 5), "exp must be after iat"),
                arguments("exp equal to iat", lived(5, 5), "exp must be after iat"),
                arguments("life of 30 days and 1 s", lived(0, 30 * 86_400 + 1), "exp must be after iat"),
                arguments("T-13 exp far in the future", FORGE.claim("exp", "253402300799"), "exp must be after iat"),
                arguments("iat missing", FORGE.without("iat"), "exp and iat"),
                arguments("iat null", FORGE.claim("iat", "null"), "exp and iat"),
                arguments("iat string", FORGE.claim("iat", "\"" + Forge.at(0) + "\""), "exp and iat"),
                arguments("iat 61 s ahead", lived(61, 900), "iat may be at most 60 s ahead"),
                arguments("iat a year ahead", lived(31_536_000, 31_536_900), "iat may be at most 60 s ahead"),
                arguments("nbf 61 s ahead", FORGE.claim("nbf", "" + Forge.at(61)), "not valid yet"),
                arguments("nbf null", FORGE.claim("nbf", "null"), "nbf must be"),
                arguments("nbf string", FORGE.claim("nbf", "\"1\""), "nbf must be"));
    }

    static Stream<Arguments> addressees() {
        return Stream.of(
                arguments("aud other", FORGE.claim("aud", "\"other\""), "aud must be"),
                arguments("aud missing", FORGE.without("aud"), "aud must be"),
                arguments("aud null", FORGE.claim("aud", "null"), "aud must be"),
                arguments("aud []", FORGE.claim("aud", "[]"), "aud must be"),
                arguments("aud [other]", FORGE.claim("aud", "[\"other\"]"), "aud must be"),
                arguments("aud [waggle, 1]", FORGE.claim("aud", "[\"waggle\",1]"), "aud must be"),
                arguments("aud an object", FORGE.claim("aud", "{\"a\":\"waggle\"}"), "aud must be"),
                arguments("aud in other case", FORGE.claim("aud", "\"Waggle\""), "aud must be"),
                arguments("iss with a slash", FORGE.claim("iss", "\"waggle:local/\""), "iss names no issuer"),
                arguments("iss in other case", FORGE.claim("iss", "\"Waggle:local\""), "iss names no issuer"),
                arguments("iss with a blank", FORGE.claim("iss", "\"waggle:local \""), "iss names no issuer"),
                arguments("iss missing", FORGE.without("iss"), "iss names no issuer"),
                arguments("iss null", FORGE.claim("iss", "null"), "iss names no issuer"),
                arguments("iss an array", FORGE.claim("iss", "[\"waggle:local\"]"), "iss names no issuer"),
                arguments("id token: nonce", FORGE.claim("nonce", "\"n\""), "id token"),
                arguments("id token: at_hash", FORGE.claim("at_hash", "\"n\""), "id token"),
                arguments("id token: c_hash", FORGE.claim("c_hash", "\"n\""), "id token"));
    }

    static Stream<Arguments> subjects() {
        return Stream.of(
                arguments("sub missing", FORGE.without("sub"), "sub must be text"),
                arguments("T-13 sub number", FORGE.claim("sub", "7"), "sub must be text"),
                arguments("sub null", FORGE.claim("sub", "null"), "sub must be text"),
                arguments("sub array", FORGE.claim("sub", "[\"alice\"]"), "sub must be text"),
                arguments("sub empty", FORGE.claim("sub", "\"\""), "the subject is empty"),
                arguments("sub of 256 bytes", FORGE.claim("sub", "\"" + "a".repeat(256) + "\""), "more than 255 bytes"),
                arguments(
                        "sub of 128 two-byte characters",
                        FORGE.claim("sub", "\"" + "é".repeat(128) + "\""),
                        "more than 255 bytes"),
                arguments(
                        "sub with a lone surrogate",
                        FORGE.sign(HEADER, CLAIMS.replace("alice", "a\\ud800b")),
                        "no valid Unicode"),
                arguments("sub 70 kB", FORGE.claim("sub", "\"" + "a".repeat(70_000) + "\""), "at most 8192"));
    }

    static Stream<Arguments> rights() {
        return Stream.of(
                arguments("T-16 roles missing", FORGE.without("roles"), "roles must be"),
                arguments("T-16 roles []", FORGE.claim("roles", "[]"), "roles must be"),
                arguments("roles null", FORGE.claim("roles", "null"), "roles must be"),
                arguments("roles a string", FORGE.claim("roles", "\"user\""), "roles must be"),
                arguments("roles unknown", FORGE.claim("roles", "[\"root\"]"), "a role is one of"),
                arguments("roles Admin", FORGE.claim("roles", "[\"Admin\"]"), "a role is one of"),
                arguments("roles two", FORGE.claim("roles", "[\"user\",\"admin\"]"), "roles must be"),
                arguments("roles [1]", FORGE.claim("roles", "[1]"), "roles must be"),
                arguments("jti missing", FORGE.without("jti"), "jti must be"),
                arguments("jti empty", FORGE.claim("jti", "\"\""), "jti must be"),
                arguments("jti number", FORGE.claim("jti", "1"), "jti must be"),
                arguments("jti with a line break", FORGE.claim("jti", "\"a\\nb\""), "jti must be"),
                arguments("jti of 256 characters", FORGE.claim("jti", "\"" + "j".repeat(256) + "\""), "jti must be"));
    }

    static Stream<Arguments> bindings() {
        return Stream.of(
                arguments("device_id number", FORGE.claim("device_id", "1"), "device_id must be text"),
                arguments("device_id null", FORGE.claim("device_id", "null"), "device_id must be text"),
                arguments("device_id empty", FORGE.claim("device_id", "\"\""), "device id must match"),
                arguments("device_id with a dot", FORGE.claim("device_id", "\"a.b\""), "device id must match"),
                arguments("device_id with a slash", FORGE.claim("device_id", "\"a/b\""), "device id must match"),
                arguments("device_id of 33", FORGE.claim("device_id", "\"" + "d".repeat(33) + "\""), "device id must"),
                arguments("client_id null", FORGE.claim("client_id", "null"), "client_id must be text"),
                arguments("client_id of a client without a token", FORGE.claim("client_id", "\"anon-1\""), "anon-"),
                arguments("client_id empty", FORGE.claim("client_id", "\"\""), "client_id must be 1 to"),
                arguments("client_id with NUL", FORGE.claim("client_id", "\"a\\u0000\""), "client_id must be 1 to"),
                arguments(
                        "client_id of another user's device",
                        FORGE.claim("client_id", "\"bob.phone\""),
                        "another user"),
                arguments(
                        "client_id and device_id",
                        FORGE.claims(c -> c.put("client_id", "thing").put("device_id", "d")),
                        "not for both"));
    }

    static Stream<Arguments> texts() {
        String good = FORGE.good();
        String deep = "[".repeat(2_000) + "]".repeat(2_000);
        List<Arguments> rows = new ArrayList<>(List.of(
                arguments("empty", "", "three parts"),
                arguments("one part", "abc", "three parts"),
                arguments("two parts", "abc.abc", "three parts"),
                arguments("four parts", good + ".a", "three parts"),
                arguments("only dots", "..", "three parts"),
                arguments("trailing space", good + " ", "three parts"),
                arguments("leading space", " " + good, "three parts"),
                arguments("trailing line break", good + "\n", "three parts"),
                arguments("space inside", good.replaceFirst("\\.", ". "), "three parts"),
                arguments("padding", good + "=", "three parts"),
                arguments("other base64 alphabet", good.substring(0, 50) + "+" + good.substring(51), "three parts"),
                arguments("NUL inside", good.substring(0, 50) + "\0" + good.substring(51), "three parts"),
                arguments("fullwidth dot", good.replace('.', '\uFF0E'), "three parts"),
                arguments("another spelling of the same bytes", otherSpelling(good), "not base64url"),
                arguments("a part of one character", good.substring(0, good.lastIndexOf('.')) + ".A", "base64url"),
                arguments("header no JSON", Forge.encode("x") + good.substring(good.indexOf('.')), "not strict JSON"),
                arguments("claims an array", FORGE.sign(HEADER, "[]"), "no JSON object"),
                arguments("claims null", FORGE.sign(HEADER, "null"), "no JSON object"),
                arguments("claims with something after", FORGE.sign(HEADER, CLAIMS + "{}"), "not strict JSON"),
                arguments("claims with a comment", FORGE.sign(HEADER, CLAIMS.replace("{", "{/**/")), "not strict JSON"),
                arguments(
                        "duplicate claim", FORGE.sign(HEADER, CLAIMS.replace("{", "{\"sub\":\"bob\",")), "not strict"),
                arguments(
                        "duplicate name in a nested object",
                        FORGE.sign(HEADER, CLAIMS.replace("{", "{\"x\":{\"a\":1,\"a\":2},")),
                        "not strict JSON"),
                arguments("claims not UTF-8", notUtf8(), "not well-formed UTF-8"),
                arguments(
                        "4,000 nested arrays",
                        FORGE.sign(HEADER, CLAIMS.replace("{", "{\"x\":" + deep + ",")),
                        "strict"),
                arguments("T-13 100,000 nested arrays", FORGE.sign(HEADER, "[".repeat(100_000)), "at most 8192"),
                arguments("header of 20 kB", FORGE.header(h -> h.put("x", "y".repeat(20_000))), "at most 8192"),
                arguments("payload of 5 MB", HEADER + "." + "A".repeat(5_000_000) + ".AAAA", "at most 8192"),
                arguments("2,001 characters", ofLength(2_001), "at most 2000"),
                arguments("8,193 characters", "a".repeat(8_193), "at most 8192")));
        return rows.stream();
    }

    @Test
    void verify_longestTokenAllowed_granted() {
        assertThat(verify(ofLength(2_000))).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void verify_subjectsThatAreNoUserId_getDistinctSafeIds() {
        List<String> hostile = List.of(
                "+",
                "#",
                "a/b",
                "a\\u0000b",
                "$SYS",
                "..",
                "\\u202Ealice",
                "alice ",
                " alice",
                "älice",
                "al\\u0131ce",
                "alice\\u200b",
                "x" + "a".repeat(26),
                "a".repeat(65),
                "${user}",
                "\uD83D\uDC1D");
        Set<UserId> users = new HashSet<>();
        for (String sub : hostile) {
            Verdict verdict = verify(FORGE.sign(HEADER, CLAIMS.replace("alice", sub)));
            assertThat(verdict).as(sub).isInstanceOf(Verdict.Granted.class);
            UserId user = ((Verdict.Granted) verdict).identity().user();
            assertThat(user.value()).as(sub).matches("x[a-z2-7]{26}").isNotEqualTo(sub);
            users.add(user);
        }
        assertThat(users).hasSameSizeAs(hostile);
    }

    @Test
    void verify_caseVariants_areDifferentUsers() {
        Verdict upper = verify(FORGE.claim("sub", "\"Alice\""));

        assertThat(upper.<String>fold(identity -> identity.user().value(), denied -> denied.reason()))
                .isEqualTo("Alice");
    }

    private static String unsigned(String alg, byte[] signature) {
        return Forge.unsigned(Forge.edit(HEADER, h -> h.put("alg", alg)), CLAIMS, signature);
    }

    private static String lived(long iat, long exp) {
        return FORGE.claims(c -> c.put("iat", Forge.at(iat)).put("exp", Forge.at(exp)));
    }

    private static String hmacWithPublicKey() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEYS.signing(0).toECPublicKey().getEncoded(), "HmacSHA256"));
            String header = Forge.edit(HEADER, h -> h.put("alg", "HS256"));
            String signed = Forge.encode(header) + "." + Forge.encode(CLAIMS);
            return signed + "." + Forge.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] orderTwice() {
        byte[] order =
                new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).toByteArray();
        byte[] twice = new byte[64];
        System.arraycopy(order, order.length - 32, twice, 0, 32);
        System.arraycopy(order, order.length - 32, twice, 32, 32);
        return twice;
    }

    private static String withSignatureOf(String other) {
        String good = FORGE.good();
        return good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    }

    private static String attackerKeyEmbedded() {
        ECKey own = Keys.pair("k1");
        return new Forge(own)
                .header(h -> h.set("jwk", Forge.read(own.toPublicJWK().toJSONString())));
    }

    private static String jwe() {
        String header = Forge.encode(
                "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647,\"p2s\":\"AAAA\"}");
        return header + ".AAAA.AAAA.AAAA.AAAA";
    }

    /** 64 bytes leave 4 bits over in the last character: they must be 0. */
    private static String otherSpelling(String good) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(good.charAt(good.length() - 1));
        return good.substring(0, good.length() - 1) + alphabet.charAt(last + 1);
    }

    private static String notUtf8() {
        byte[] claims = CLAIMS.getBytes(StandardCharsets.ISO_8859_1);
        claims[CLAIMS.indexOf("alice")] = (byte) 0xFF;
        return FORGE.sign(HEADER.getBytes(StandardCharsets.UTF_8), claims);
    }

    /** A good token of exactly so many characters: base64url skips some lengths, so the header is stretched too. */
    private static String ofLength(int length) {
        for (int stretch = 0; stretch < 3; stretch++) {
            String header = Forge.edit(HEADER, withFiller(stretch));
            for (int fill = 0; fill < length; fill++) {
                String claims = Forge.edit(CLAIMS, withFiller(fill));
                if (Forge.encode(header).length() + Forge.encode(claims).length() + 88 == length) {
                    return FORGE.sign(header, claims);
                }
            }
        }
        throw new IllegalStateException("no token of that length");
    }

    private static Consumer<ObjectNode> withFiller(int length) {
        return node -> node.put("x", "y".repeat(length));
    }
}
