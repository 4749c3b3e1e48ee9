package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.it.IdentityProvider.Forgery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An identity provider that shares no code with the broker, found by discovery; its own tokens, and forged ones with its
 * own keys. Only in the Maven profile {@code oidc}, which installs it.
 */
@Tag("oidc")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIT {
    /** How long after {@code exp} the tokens of other issuers are taken: clocks differ. */
    private static final Duration LATENESS = Duration.ofSeconds(30);

    private static final int NOT_AUTHORIZED = 0x87;

    private IdentityProvider provider;
    private TestBroker broker;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        provider = new IdentityProvider(Path.of(System.getProperty("waggle.oidc")));
        broker = new TestBroker(configured("data"));
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
        provider.close();
    }

    /** As the command reads it. */
    private WaggleConfig configured(String data) throws IOException {
        Path file = Files.writeString(
                folder.resolve(data + ".yaml"), """
                data: %s
                listeners: {mqtt: {port: 0}, ws: {port: 0}}
                http: {port: 0}
                admin: {port: 0}
                localIssuer: {enabled: false}
                issuers:
                  - issuer: %s
                    audience: %s
                    subjects: raw
                """.formatted(data, provider.issuer(), IdentityProvider.AUDIENCE));
        return new ConfigReader(folder, Map.of()).read(file, Map.of()).fold(ConfigReading.Accepted::config, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static int connack(TestBroker broker, String user, String token) throws MqttException {
        try (Device5 device = new Device5(broker, user, "phone").with(() -> token)) {
            device.connect(true, 0);
            return 0;
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
    }

    @TestFactory
    Stream<DynamicTest> realToken_ofEachAllowedAlgorithm_logsInAndTalks() {
        return Stream.of("ES256", "RS256", "PS256", "EdDSA")
                .map(algorithm -> DynamicTest.dynamicTest(algorithm, () -> {
                    provider.say("algorithm " + algorithm);
                    String tokenOfAlice = provider.token("alice");
                    try (Device5 alice = new Device5(broker, "alice", "phone").with(() -> tokenOfAlice);
                            Device3 bob = new Device3(broker, "bob", "phone").password(provider.token("bob"))) {
                        bob.connect().subscribe();
                        alice.connect();
                        assertThat(alice.send("d/bob", algorithm).reasonCode()).isZero();
                        await().untilAsserted(() -> assertThat(bob.arrived)
                                .extracting(Arrived::text)
                                .endsWith(algorithm));
                    } finally {
                        provider.say("algorithm ES256");
                    }
                }));
    }

    @Test
    void realToken_ofADevice_isForThatDevice_andOneWithoutForAny() throws Exception {
        String alice = provider.token("alice");
        String carol = provider.token("carol");
        for (String device : List.of("tablet", "laptop")) {
            try (Device5 hers = new Device5(broker, "carol", device).with(() -> carol);
                    Device5 other = new Device5(broker, "alice", device).with(() -> alice)) {
                assertThat(hers.connect().connected()).isTrue();
                assertThatThrownBy(other::connect)
                        .isInstanceOfSatisfying(
                                MqttException.class,
                                refused -> assertThat(refused.getReasonCode()).isEqualTo(0x85));
            }
        }
    }

    /** On a broker of its own: two fetches in 30 s are all that unknown keys get. */
    @Test
    void rotation_refusesNoValidLogin() throws Exception {
        try (TestBroker fresh = new TestBroker(configured("rotation"))) {
            for (int rotation = 1; rotation <= 2; rotation++) {
                String old = provider.token("alice");
                provider.say("rotate");
                for (int login = 0; login < 3; login++) {
                    String as = "T-10, rotation " + rotation + ", log-in " + login;
                    assertThat(connack(fresh, "bob", provider.token("bob")))
                            .as(as)
                            .isZero();
                    assertThat(connack(fresh, "alice", old)).as(as).isZero();
                }
                provider.say("retire");
                assertThat(connack(fresh, "alice", provider.token("alice"))).isZero();
            }
        }
    }

    @Test
    void outage_knownKeysServeForTheStatedTime_then0x88_untilItIsBack() throws Exception {
        Duration outage = Duration.ofSeconds(5);
        WaggleConfig asRead = configured("outage");
        ExternalIssuer terms = asRead.issuers().external().get(0);
        WaggleConfig config = asRead.withIssuers(new WaggleConfig.Issuers(
                false,
                false,
                List.of(new ExternalIssuer(
                        terms.name(),
                        terms.audience(),
                        terms.jwksUri(),
                        terms.type(),
                        terms.algorithms(),
                        terms.userClaim(),
                        terms.deviceClaim(),
                        terms.roleClaim(),
                        terms.rawSubjects(),
                        terms.longestLife(),
                        outage,
                        null))));
        try (TestBroker fragile = new TestBroker(config)) {
            String seen = provider.token("alice");
            String unseen = provider.token("bob");
            assertThat(connack(fragile, "alice", seen)).isZero();
            long start = System.nanoTime();
            provider.say("down");
            try {
                assertThat(connack(fragile, "alice", seen)).as("T-09").isZero();
                assertThat(connack(fragile, "bob", unseen)).as("T-09").isZero();
                await().atMost(outage.plusSeconds(5)).untilAsserted(() -> {
                    assertThat(connack(fragile, "alice", seen)).isEqualTo(0x88);
                    assertThat(connack(fragile, "bob", unseen)).isEqualTo(0x88);
                });
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(outage.dividedBy(3));
            } finally {
                provider.say("up");
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(connack(fragile, "alice", seen)).isZero());
        }
    }

    /** One that is taken for so long yet. */
    private String tokenFor(Duration left) throws IOException {
        return provider.sign(
                provider.forgery().expiring(Instant.now().plus(left).minus(LATENESS)));
    }

    @Test
    void tokenEnds_silentSubscriber_disconnectedWithinFiveSeconds() throws Exception {
        Duration left = Duration.ofSeconds(3);
        String token = tokenFor(left);
        try (Device5 alice = new Device5(broker, "alice", "silent").with(() -> token)) {
            alice.connect().subscribe();
            await().atMost(left.plusSeconds(5))
                    .untilAsserted(() -> assertThat(alice.disconnects).containsExactly(0xA0));
        }
    }

    private Mqtt5AsyncClient connect(TokenInAuth auth, List<Throwable> ends) throws Exception {
        Mqtt5AsyncClient client = auth.client(broker, ends::add);
        client.connect().get(10, TimeUnit.SECONDS);
        return client;
    }

    @Test
    void renewal_withAFreshToken_keepsTheConnection_withAnotherUsersToken_endsIt() throws Exception {
        Duration left = Duration.ofSeconds(3);
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", tokenFor(left));
        long begun = System.nanoTime();
        Mqtt5AsyncClient client = connect(auth, ends);
        auth.token = provider.token("alice");
        client.reauth().get(10, TimeUnit.SECONDS);

        await().until(() -> System.nanoTime() - begun > left.plusSeconds(2).toNanos());
        assertThat(client.publishWith()
                        .topic("u/alice/out/d/bob")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload("still here".getBytes(StandardCharsets.UTF_8))
                        .send()
                        .get(10, TimeUnit.SECONDS)
                        .getError())
                .isEmpty();
        assertThat(ends).isEmpty();

        auth.token = provider.token("bob");
        assertThatThrownBy(() -> client.reauth().get(10, TimeUnit.SECONDS)).isNotNull();
        await().untilAsserted(() -> assertThat(ends)
                .anySatisfy(cause -> assertThat(cause)
                        .isInstanceOfSatisfying(
                                Mqtt5DisconnectException.class,
                                end -> assertThat(end.getMqttMessage()
                                                .getReasonCode()
                                                .getCode())
                                        .isEqualTo(NOT_AUTHORIZED))));
    }

    private DynamicTest forged(String name, UnaryOperator<Forgery> change, int code) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(connack(broker, "alice", provider.sign(change.apply(provider.forgery()))))
                        .isEqualTo(code));
    }

    private DynamicTest forged(String name, UnaryOperator<Forgery> change) {
        return forged(name, change, NOT_AUTHORIZED);
    }

    @TestFactory
    Stream<DynamicTest> forgedToken_isRefused() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                forged("nothing is wrong", good -> good, 0),
                forged("nothing is wrong, EdDSA", good -> good.key("EdDSA", "EdDSA"), 0),
                forged("nothing is wrong, PS256", good -> good.key("RSA", "PS256"), 0),
                forged("T-01 none", good -> good.form("unsecured")),
                forged(
                        "T-02 HS256 with the public key",
                        good -> good.form("public key as secret").header("alg", "HS256")),
                forged("T-04 ES384, which is not allowed, with a published key", good -> good.key("ES384", "ES384")),
                forged("T-04 PS512, which is not allowed, with a published key", good -> good.key("RSA", "PS512")),
                forged("T-05 the name of another key", good -> good.header("kid", "RSA")),
                forged("T-05 another key with the name of a published one", good -> good.form("key of another")),
                forged(
                        "T-06 a key in the header",
                        good -> good.form("key of another").header("jwk", Map.of())),
                forged("T-07 crit", good -> good.header("crit", List.of("b32")).header("b32", true)),
                forged("T-13 expired", good -> good.expiring(Instant.now().minus(LATENESS))),
                forged(
                        "T-13 issued in the future",
                        good -> good.claim("iat", now + 90).claim("exp", now + 600)),
                forged("T-13 sub is a number", good -> good.claim("sub", 7)),
                forged("for somebody else", good -> good.claim("aud", "urn:example:elsewhere")),
                forged("another issuer", good -> good.claim("iss", provider.issuer() + "/")),
                forged("an id token", good -> good.header("typ", "JWT")));
    }

    @Test
    void realToken_thatIsNotForUs_isRefused() throws Exception {
        assertThat(connack(broker, "alice", provider.token("alice", "urn:example:elsewhere")))
                .as("aud")
                .isEqualTo(NOT_AUTHORIZED);
        provider.say("algorithm ES384");
        try {
            assertThat(connack(broker, "alice", provider.token("alice")))
                    .as("T-04")
                    .isEqualTo(NOT_AUTHORIZED);
        } finally {
            provider.say("algorithm ES256");
        }
        assertThat(connack(broker, "bob", provider.token("alice"))).as("T-20").isEqualTo(0x85);
    }
}
