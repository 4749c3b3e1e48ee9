package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.ECKey;
import dev.waggle.auth.jwt.ExternalIssuer;
import dev.waggle.auth.jwt.keys.SignatureAlgorithm;
import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.spec.UserIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-in with tokens of an issuer elsewhere: its keys come, change, and go away. */
class ExternalIssuerIT {
    private static final ECKey FIRST = IssuerServer.key("first");
    private static final ECKey SECOND = IssuerServer.key("second");

    @TempDir
    Path folder;

    private IssuerServer issuer;

    @BeforeEach
    void start() throws IOException {
        issuer = new IssuerServer(FIRST);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** As the command reads it. */
    private WaggleConfig configured(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), """
                data: data
                listeners: {mqtt: {port: 0}, ws: {port: 0}}
                http: {port: 0}
                admin: {port: 0}
                issuers:
                  - issuer: %s
                    audience: chat
                """.formatted(issuer.name()) + more);
        return new ConfigReader(folder, Map.of()).read(file, Map.of()).fold(ConfigReading.Accepted::config, refused -> {
            throw new AssertionError(refused);
        });
    }

    private WaggleConfig withOutage(Duration outage) {
        ExternalIssuer terms = new ExternalIssuer(
                issuer.name(),
                "chat",
                URI.create(issuer.name() + "/keys"),
                ExternalIssuer.Type.ACCESS_TOKEN,
                EnumSet.of(SignatureAlgorithm.ES256),
                "sub",
                "device_id",
                null,
                false,
                Duration.ofHours(24),
                outage,
                null);
        return WaggleConfig.onFreePorts(folder.resolve("data"))
                .withIssuers(new WaggleConfig.Issuers(true, true, List.of(terms)));
    }

    private String user(String subject) {
        return UserIds.map(issuer.name(), subject, false).get().value();
    }

    /** The code of CONNACK. */
    private int connect(TestBroker broker, String user, String token) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.mqtt(), user + ".d", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setPassword(token.getBytes(StandardCharsets.US_ASCII));
        try {
            client.connect(options).waitForCompletion(10_000);
            client.disconnect().waitForCompletion(10_000);
            return 0;
        } catch (MqttException refused) {
            return refused.getReasonCode();
        } finally {
            client.close(true);
        }
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void connect_tokenOfEachIssuer_talkToEachOther() throws Exception {
        try (TestBroker broker = new TestBroker(configured(""));
                Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, user("auth0|bob"), "phone")
                        .with(() -> issuer.token(FIRST, "auth0|bob", claims -> claims.claim("device_id", "phone")))
                        .connect()
                        .subscribe()) {
            assertThat(alice.send("d/" + user("auth0|bob"), "hello").reasonCode())
                    .isZero();
            await().untilAsserted(() ->
                    assertThat(bob.arrived).extracting(Arrived::text).containsExactly("hello"));
            assertThat(connect(broker, "alice", issuer.token(FIRST, "alice")))
                    .as("their alice is not ours")
                    .isEqualTo(0x85);
            assertThat(get(broker.admin() + "/metrics").body())
                    .contains("waggle_token_verifications_total{outcome=\"granted\",} 3.0")
                    .contains("waggle_issuer_key_fetches_total{issuer=\"" + issuer.name() + "\",outcome=\"good\",} 1.0")
                    .doesNotContain(user("auth0|bob"));
        }
    }

    @Test
    void connect_onlyTheExternalIssuer_rawSubjectsAreUsersAndLocalTokensAreNothing() throws Exception {
        WaggleConfig config = configured("    subjects: raw\nlocalIssuer: {enabled: false}\n");
        try (TestBroker broker = new TestBroker(config)) {
            assertThat(connect(broker, "alice", issuer.token(FIRST, "alice"))).isZero();
            assertThat(connect(broker, "alice", broker.token("alice", "d"))).isEqualTo(0x87);
        }
    }

    @Test
    void connect_wrongTokens_0x87() throws Exception {
        try (TestBroker broker = new TestBroker(configured("    algorithms: [RS256]\n"))) {
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a")))
                    .as("alg")
                    .isEqualTo(0x87);
        }
        try (TestBroker broker = new TestBroker(configured(""))) {
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a", c -> c.audience("other"))))
                    .as("aud")
                    .isEqualTo(0x87);
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a", c -> c.issuer(issuer.name() + "/"))))
                    .as("iss")
                    .isEqualTo(0x87);
            assertThat(connect(broker, user("a"), issuer.token(SECOND, "a")))
                    .as("a key that is not published")
                    .isEqualTo(0x87);
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a"))).isZero();
        }
    }

    @Test
    void connect_keysRotate_noValidLoginRefused() throws Exception {
        try (TestBroker broker = new TestBroker(configured(""))) {
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a"))).isZero();
            issuer.publish(SECOND, FIRST);
            assertThat(connect(broker, user("b"), issuer.token(SECOND, "b")))
                    .as("T-10 at once")
                    .isZero();
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a"))).isZero();
            issuer.publish(SECOND);
            assertThat(connect(broker, user("b"), issuer.token(SECOND, "b"))).isZero();
            assertThat(issuer.fetches).hasValue(2);
        }
    }

    @Test
    void connect_issuerGoesDown_knownKeysServeForTheStatedTimeThen0x88UntilItIsBack() throws Exception {
        Duration outage = Duration.ofSeconds(6);
        try (TestBroker broker = new TestBroker(withOutage(outage))) {
            String known = issuer.token(FIRST, "a");
            assertThat(connect(broker, user("a"), known)).isZero();

            issuer.down(true);
            long start = System.nanoTime();
            assertThat(connect(broker, user("a"), known)).as("T-09").isZero();
            assertThat(connect(broker, user("b"), issuer.token(FIRST, "b"))).isZero();
            await().atMost(outage.plusSeconds(10))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        assertThat(connect(broker, user("a"), known)).isEqualTo(0x88);
                        assertThat(connect(broker, user("c"), issuer.token(FIRST, "c")))
                                .isEqualTo(0x88);
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(outage.dividedBy(3));
            assertThat(connect(broker, "alice", broker.token("alice", "d")))
                    .as("users of the local issuer do not notice")
                    .isZero();
            assertThat(get(broker.admin() + "/readyz").body()).contains("keys", issuer.name());

            issuer.down(false);
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(
                            () -> assertThat(connect(broker, user("a"), known)).isZero());
            assertThat(get(broker.admin() + "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void start_issuerDown_0x88AndNobodyIn() throws Exception {
        issuer.down(true);
        try (TestBroker broker = new TestBroker(configured(""))) {
            assertThat(connect(broker, user("a"), issuer.token(FIRST, "a")))
                    .as("T-14")
                    .isEqualTo(0x88);
            issuer.down(false);
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(connect(broker, user("a"), issuer.token(FIRST, "a")))
                            .isZero());
        }
    }
}
