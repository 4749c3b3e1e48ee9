package dev.waggle.broker.it;

import static dev.waggle.broker.it.TokenForge.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import dev.waggle.broker.it.Attacker.Said;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What tokens of the local issuer cannot do: each is one change away from one that is good. */
final class TokenAttacks {
    private final Reachable broker;
    private final TokenForge forge;

    TokenAttacks(Reachable broker, TokenForge forge) {
        this.broker = broker;
        this.forge = forge;
    }

    /** CONNACK for MQTT 5 and 3.1.1. */
    static void assertAnswered(Reachable broker, String clientId, String token, int code, int code311) {
        assertThat(Attacker.knock(broker, ConnectBytes.of(clientId, token))).isEqualTo(Said.connack(code));
        assertThat(Attacker.knock(broker, ConnectBytes.of(clientId, token).mqtt311()))
                .isEqualTo(Said.connack(code311));
    }

    private DynamicTest refused(String name, String token) {
        return dynamicTest(name, () -> assertAnswered(broker, "alice.d", token, 0x87, 5));
    }

    private DynamicTest header(String name, Consumer<ObjectNode> change) {
        return refused(name, forge.header(change));
    }

    private DynamicTest claim(String name, String claim, String json) {
        return refused(name, forge.claim(claim, json));
    }

    private static String at(long seconds) {
        return String.valueOf(Instant.now().getEpochSecond() + seconds);
    }

    Stream<DynamicTest> signatures() throws JOSEException {
        byte[] zeros = new byte[64];
        byte[] publicKey = forge.key().toECPublicKey().getEncoded();
        String good = forge.good();
        return Stream.of(
                dynamicTest("nothing is wrong", () -> assertAnswered(broker, "alice.d", good, 0, 0)),
                refused("no token", ""),
                refused("T-01 alg none, no signature", forge.unsigned(h -> h.put("alg", "none"), new byte[0])),
                refused("T-01 alg none, with a signature", forge.unsigned(h -> h.put("alg", "none"), zeros)),
                refused("T-01 alg None", forge.unsigned(h -> h.put("alg", "None"), zeros)),
                refused("T-01 alg NONE", forge.unsigned(h -> h.put("alg", "NONE"), zeros)),
                refused("T-01 alg nOnE", forge.unsigned(h -> h.put("alg", "nOnE"), zeros)),
                refused("T-02 HS256 with the public key", forge.authenticated(h -> {}, publicKey)),
                header("T-04 ES256K, not allowed", h -> h.put("alg", "ES256K")),
                header("T-04 RS256 with the name of an EC key", h -> h.put("alg", "RS256")),
                refused("T-11 r = s = 0", forge.unsigned(h -> {}, zeros)),
                refused(
                        "T-11 signature in DER",
                        forge.sign(forge.header().toString(), forge.claims().toString(), "SHA256withECDSA")),
                refused(
                        "signature of another token",
                        good.substring(0, good.lastIndexOf('.'))
                                + forge.claim("sub", "\"bob\"").replaceAll("^.*\\.", ".")),
                refused(
                        "another key of the same name",
                        forge.withKey(stranger()).good()),
                refused(
                        "T-06 the stranger's own key in the header",
                        forge.withKey(stranger())
                                .header(h -> h.set(
                                        "jwk",
                                        TokenForge.read(stranger().toPublicJWK().toJSONString())))),
                refused(
                        "T-12 JWE, PBES2 with a huge count",
                        encode("{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647,\"p2s\":\"AA\"}")
                                + ".AAAA.AAAA.AAAA.AAAA"));
    }

    private ECKey stranger() {
        return IssuerServer.key(forge.key().getKeyID());
    }

    Stream<DynamicTest> headers() {
        return Stream.of(
                header("T-05 kid ../../dev/null", h -> h.put("kid", "../../dev/null")),
                header("T-05 kid with SQL", h -> h.put("kid", "' or 1=1 --")),
                header(
                        "T-05 kid with a line break",
                        h -> h.put("kid", forge.key().getKeyID() + "\nroot: admin")),
                header("T-05 kid is a number", h -> h.put("kid", 1)),
                header("T-07 crit unknown", h -> h.putArray("crit").add("x")),
                header("T-07 crit empty", h -> h.putArray("crit")),
                header(
                        "T-07 b64 false",
                        h -> h.put("b64", false).putArray("crit").add("b64")),
                header("an id token: typ JWT", h -> h.put("typ", "JWT")),
                header("no typ", h -> h.remove("typ")),
                header("a header of 20 kB", h -> h.put("x", "x".repeat(20_000))),
                refused(
                        "T-13 a name twice in the header",
                        forge.sign(
                                forge.header().toString().replace("{", "{\"alg\":\"none\","),
                                forge.claims().toString())));
    }

    Stream<DynamicTest> claims() {
        return Stream.of(
                refused("T-13 exp missing", forge.claims(c -> c.remove("exp"))),
                claim("T-13 exp null", "exp", "null"),
                claim("T-13 exp is text", "exp", "\"" + at(60) + "\""),
                claim("T-13 exp is a fraction", "exp", at(60) + ".5"),
                claim("T-13 exp 1e300", "exp", "1e300"),
                claim("T-13 exp the largest long", "exp", "" + Long.MAX_VALUE),
                refused("T-13 exp 55 s ago", forge.claims(c -> {
                    c.set("iat", TokenForge.read(at(-600)));
                    c.set("exp", TokenForge.read(at(-55)));
                })),
                refused("T-13 iat a year ahead", forge.claims(c -> {
                    c.set("iat", TokenForge.read(at(31_536_000)));
                    c.set("exp", TokenForge.read(at(31_536_600)));
                })),
                claim("T-13 exp far in the future", "exp", "253402300799"),
                claim("T-13 nbf 5 min ahead", "nbf", at(300)),
                claim("aud of another", "aud", "\"other\""),
                refused("aud missing", forge.claims(c -> c.remove("aud"))),
                claim("iss with a slash", "iss", "\"waggle:local/\""),
                claim("an id token: nonce", "nonce", "\"n\""),
                claim("T-13 sub is a number", "sub", "7"),
                refused("T-13 sub missing", forge.claims(c -> c.remove("sub"))),
                claim("T-13 sub empty", "sub", "\"\""),
                refused(
                        "T-13 sub is half a character",
                        forge.sign(
                                forge.header().toString(),
                                forge.claims().toString().replace("\"alice\"", "\"\\ud800\""))),
                claim("T-13 sub of 30 kB", "sub", "\"" + "a".repeat(30_000) + "\""),
                refused("T-16 roles missing", forge.claims(c -> c.remove("roles"))),
                claim("T-16 roles empty", "roles", "[]"),
                claim("T-16 roles unknown", "roles", "[\"root\"]"),
                refused(
                        "T-13 a name twice in the claims",
                        forge.sign(
                                forge.header().toString(),
                                forge.claims().toString().replace("{", "{\"sub\":\"bob\","))),
                refused(
                        "T-13 a name twice, deeper",
                        forge.sign(
                                forge.header().toString(),
                                forge.claims().toString().replace("{", "{\"x\":{\"y\":1,\"y\":2},"))),
                refused(
                        "T-13 nested 20,000 deep",
                        forge.sign(
                                forge.header().toString(), "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}")),
                refused("T-13 65,535 characters", "a".repeat(65_535)));
    }

    Stream<DynamicTest> texts() {
        String good = forge.good();
        int dot = good.indexOf('.');
        return Stream.of(
                refused("a blank at the end", good + " "),
                refused("a line break at the end", good + "\n"),
                refused("a blank inside", good.substring(0, 9) + " " + good.substring(9)),
                refused("padding", good + "="),
                refused("two parts", good.substring(0, good.lastIndexOf('.'))),
                refused("four parts", good + ".AAAA"),
                refused("JSON in place of base64", "{}" + good.substring(dot)),
                dynamicTest(
                        "a token in the user name",
                        () -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of("alice.d", null).userName(good)))
                                .isEqualTo(Said.connack(0x87))),
                dynamicTest(
                        "a good token as the name, another as the password",
                        () -> assertThat(Attacker.knock(
                                        broker,
                                        ConnectBytes.of("alice.d", forge.claim("sub", "\"bob\""))
                                                .userName(good)))
                                .isEqualTo(Said.connack(0x85))));
    }

    /** Each is a good token of somebody, who is never a user that it reads like. */
    Stream<DynamicTest> subjects() {
        return Stream.of(
                        "+",
                        "#",
                        "a/b",
                        "a\u0000b",
                        "$SYS",
                        "..",
                        "\u202Ealice",
                        " alice",
                        "Alice",
                        "ALICE",
                        "alic\u0435",
                        "a\u0301",
                        "${user}",
                        "u/alice")
                .map(subject -> dynamicTest(
                        "T-24 sub '" + subject.replace('\0', '0') + "' is not alice, and no topic level", () -> {
                            String token = forge.claims(claims -> claims.put("sub", subject));
                            assertAnswered(broker, "alice.d", token, 0x85, 2);
                            boolean plain = subject.matches("[A-Za-z]+");
                            if (!plain && subject.indexOf('\0') < 0) {
                                assertAnswered(broker, subject + ".d", token, 0x85, 2);
                            }
                        }));
    }
}
