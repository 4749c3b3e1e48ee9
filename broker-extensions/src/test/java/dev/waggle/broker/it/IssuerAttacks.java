package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.waggle.broker.it.Attacker.Said;
import dev.waggle.spec.UserIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What tokens cannot do with the published keys of an issuer elsewhere, some of which should not be there. */
final class IssuerAttacks {
    private static final int FLOOD = 100;
    private static final byte[] SECRET = "a secret that everybody can read".getBytes(StandardCharsets.US_ASCII);

    private final ECKey good = IssuerServer.key("good");
    private final ECKey twice = IssuerServer.key("twice");
    private final KeyPair small = small();
    private final IssuerServer issuer;
    private final TokenForge forge;

    /** Publishes them; the broker must not have fetched any yet. */
    IssuerAttacks(IssuerServer issuer) {
        this.issuer = issuer;
        this.forge = new TokenForge(good, issuer.name(), "chat");
        publish();
    }

    private static KeyPair small() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1_024);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish() {
        RSAPublicKey rsa = (RSAPublicKey) small.getPublic();
        String off = twice.toPublicJWK().toJSONString().replace("twice", "off");
        issuer.publish(Stream.of(
                        json(good),
                        json(twice),
                        json(IssuerServer.key("twice")),
                        off.replaceAll("\"y\":\"[^\"]*\"", "\"y\":\"" + Base64URL.encode(new byte[32]) + "\""),
                        "{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"" + Base64URL.encode(SECRET) + "\"}",
                        "{\"kty\":\"RSA\",\"kid\":\"small\",\"n\":\"" + Base64URL.encode(rsa.getModulus())
                                + "\",\"e\":\"" + Base64URL.encode(rsa.getPublicExponent()) + "\"}")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private static String json(JWK key) {
        return key.toPublicJWK().toJSONString();
    }

    private String user() {
        return UserIds.map(issuer.name(), "alice", false).get().value();
    }

    private DynamicTest answered(Reachable broker, String name, String token, int code) {
        return dynamicTest(
                name,
                () -> assertThat(Attacker.knock(broker, ConnectBytes.of(user() + ".d", token)))
                        .isEqualTo(Said.connack(code)));
    }

    /** What is in such a header is not asked: the good signature of a key that is published counts. */
    private DynamicTest ignored(Reachable broker, String name, Consumer<ObjectNode> change) {
        return dynamicTest(name, () -> {
            int before = issuer.strays.get();
            assertThat(Attacker.knock(broker, ConnectBytes.of(user() + ".d", forge.header(change))))
                    .isEqualTo(Said.connack(0));
            assertThat(issuer.strays).as("nothing was fetched").hasValue(before);
        });
    }

    Stream<DynamicTest> keys(Reachable broker) throws JOSEException {
        String elsewhere = issuer.name() + "/stray";
        return Stream.of(
                answered(broker, "nothing is wrong", forge.good(), 0),
                answered(
                        broker,
                        "T-03 HS256 with a published shared secret",
                        forge.authenticated(h -> h.put("kid", "shared"), SECRET),
                        0x87),
                answered(
                        broker,
                        "T-02 HS256 with the public key",
                        forge.authenticated(h -> {}, good.toECPublicKey().getEncoded()),
                        0x87),
                answered(broker, "T-04 ES384, not allowed here", forge.header(h -> h.put("alg", "ES384")), 0x87),
                ignored(broker, "T-06 jku", h -> h.put("jku", elsewhere)),
                ignored(broker, "T-06 x5u", h -> h.put("x5u", elsewhere)),
                ignored(broker, "T-06 jwk", h -> h.set("jwk", TokenForge.read(json(twice)))),
                answered(
                        broker,
                        "another issuer's key of the same name",
                        forge.withKey(IssuerServer.key("good")).good(),
                        0x87),
                answered(broker, "the local issuer's key", inTheNameOfTheLocalIssuer(), 0x87));
    }

    private String inTheNameOfTheLocalIssuer() {
        return new TokenForge(good, "waggle:local", "waggle").good();
    }

    /** These may name keys that are not published yet, so the keys are fetched again, but not for each of them. */
    Stream<DynamicTest> unknownKeys(Reachable broker) {
        return Stream.of(
                dynamicTest("T-05, T-08 a flood of tokens whose keys nobody has", () -> {
                    int before = issuer.fetches.get();
                    for (int i = 0; i < FLOOD; i++) {
                        String kid = "unknown-" + i;
                        Said said = Attacker.knock(
                                broker, ConnectBytes.of(user() + ".d", forge.header(h -> h.put("kid", kid))));
                        assertThat(said).isIn(Said.connack(0x87), Said.connack(0x88));
                    }
                    assertThat(issuer.fetches.get() - before).isLessThanOrEqualTo(2);
                    assertThat(Attacker.knock(broker, ConnectBytes.of(user() + ".d", forge.good())))
                            .as("who has a known key does not notice")
                            .isEqualTo(Said.connack(0));
                }),
                notIn(
                        broker,
                        "T-05 a name that two keys have",
                        forge.withKey(twice).good()),
                notIn(broker, "T-05 no name, many keys", forge.header(h -> h.remove("kid"))),
                notIn(broker, "a key off the curve", forge.withKey(twice).header(h -> h.put("kid", "off"))),
                notIn(broker, "an RSA key of 1,024 bits", small("RS256")));
    }

    /** 0x88 where the key may be newer than the last fetch: the client is not in, and may ask again. */
    private DynamicTest notIn(Reachable broker, String name, String token) {
        return dynamicTest(
                name,
                () -> assertThat(Attacker.knock(broker, ConnectBytes.of(user() + ".d", token)))
                        .isIn(Said.connack(0x87), Said.connack(0x88)));
    }

    private String small(String algorithm) {
        String header = forge.header().put("alg", algorithm).put("kid", "small").toString();
        return TokenForge.sign(header, forge.claims().toString(), "SHA256withRSA", small.getPrivate());
    }
}
