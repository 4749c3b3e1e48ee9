package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.TopicRule;
import dev.waggle.auth.hivemq.RawClient.Answer;
import dev.waggle.auth.hivemq.RawClient.Connect;
import dev.waggle.auth.jwt.JwtVerifier;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.auth.jwt.VerificationPool;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The SDK faces on a real host: what a client gets to see, and what it cannot do to others. */
class ConnectIT {
    private static final int CONNACK = 2;
    private static final int DISCONNECT = 14;

    @TempDir
    static Path directory;

    private static ThreadPoolExecutor pool;
    private static LocalIssuer issuer;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        pool = VerificationPool.of(2, 100);
        LocalKeys keys =
                LocalKeys.open(directory.resolve("keys"), new SecureRandom()).get();
        issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, InstantSource.system(), new SecureRandom());
        TokenVerifier real = new JwtVerifier(keys, LocalIssuer.DEFAULT_NAME, pool, InstantSource.system(), 100);
        AccessRules access = new ChatAccessRules(List.of(
                new TopicRule(EnumSet.allOf(TopicRule.Action.class), Set.of(Actor.Role.USER), "open/#"),
                new TopicRule(Set.of(TopicRule.Action.PUBLISH), Set.of(Actor.Role.USER), "lwt/${user}/${device}"),
                new TopicRule(Set.of(TopicRule.Action.SUBSCRIBE), Set.of(Actor.Role.USER), "lwt/#")));
        broker = new TestBroker(
                directory.resolve("broker"),
                token -> switch (token) {
                    case "bug" -> CompletableFuture.failedFuture(new IllegalStateException("bug"));
                    case "silence" -> new CompletableFuture<>();
                    default -> real.verify(token);
                },
                access);
    }

    @AfterAll
    static void stop() {
        broker.close();
        pool.shutdown();
    }

    private static String token(String user, @Nullable String device) {
        return token(user, device, Duration.ofMinutes(5));
    }

    private static String token(String user, @Nullable String device, Duration lifetime) {
        return issuer.token(TokenRequest.of(
                new UserId(user), device == null ? null : new DeviceId(device), Actor.Role.USER, lifetime));
    }

    private static Answer raw(Connect connect) throws IOException {
        return RawClient.connect(broker.port, connect);
    }

    private static void assertRefused(Connect connect, int code, String reason) throws IOException {
        Answer answer = raw(connect);
        assertThat(answer.type()).isEqualTo(CONNACK);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.reason()).contains(reason);
    }

    private static MqttAsyncClient five(String user, String device) throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + broker.port, user + "." + device, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setPassword(token(user, device).getBytes());
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    /** What arrives, topic and body. */
    private static ConcurrentLinkedQueue<String> subscribe(MqttAsyncClient client, String filter) throws Exception {
        ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();
        client.setCallback(new MqttCallback() {
            @Override
            public void disconnected(MqttDisconnectResponse response) {}

            @Override
            public void mqttErrorOccurred(MqttException exception) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                got.add(topic + " " + new String(message.getPayload()));
            }

            @Override
            public void deliveryComplete(IMqttToken token) {}

            @Override
            public void connectComplete(boolean reconnect, String serverUri) {}

            @Override
            public void authPacketArrived(int reasonCode, MqttProperties properties) {}
        });
        client.subscribe(filter, 1).waitForCompletion(10_000);
        return got;
    }

    @Test
    void connect_goodToken_acceptedWithTheIdentityOnTheConnection() throws Exception {
        assertThat(raw(Connect.of(5, "ann.phone", token("ann", null))).code()).isZero();
        assertThat(raw(Connect.of(4, "ann.tablet", token("ann", "tablet"))).code())
                .isZero();
        assertThat(raw(Connect.of(4, "ann.old", token("ann", null)).user("ann")).code())
                .isZero();
        await().untilAsserted(() -> assertThat(broker.connected)
                .contains("ann.phone is ann on phone", "ann.tablet is ann on tablet", "ann.old is ann on old"));
    }

    @Test
    void connect_nobodyAuthenticates_denied() throws Exception {
        try (TestBroker bare = new TestBroker(directory.resolve("bare"), null, new ChatAccessRules(List.of()))) {
            Answer answer = RawClient.connect(bare.port, Connect.of(5, "ann.phone", token("ann", null)));

            assertThat(answer.code()).isEqualTo(0x87);
        }
    }

    @Test
    void connect_noToken_denied() throws Exception {
        assertRefused(Connect.of(5, "ann.d", null), 0x87, "no token");
        assertRefused(Connect.of(5, "ann.d", ""), 0x87, "no token");
        assertRefused(Connect.of(4, "ann.d", null), 5, "");
        assertRefused(Connect.of(5, "ann.d", null).user(token("ann", null)), 0x87, "no token");
    }

    @Test
    void connect_badToken_deniedWithTheReason() throws Exception {
        String good = token("ann", null);
        assertRefused(Connect.of(5, "ann.d", "secret"), 0x87, "three parts");
        assertRefused(Connect.of(5, "ann.d", good + " "), 0x87, "three parts");
        assertRefused(Connect.of(5, "ann.d", "\u00E9" + good), 0x87, "three parts");
        assertRefused(Connect.of(5, "ann.d", "a".repeat(65_535)), 0x87, "at most 8192");
        assertRefused(Connect.of(4, "ann.d", good.substring(0, good.length() - 1)), 5, "");
    }

    @Test
    void connect_otherClientId_refusedWithTheReason() throws Exception {
        assertRefused(Connect.of(5, "bob.d", token("ann", null)), 0x85, "ann.{device}");
        assertRefused(Connect.of(5, "ann.tablet", token("ann", "phone")), 0x85, "ann.phone");
        assertRefused(Connect.of(4, "bob.d", token("ann", null)), 2, "");
    }

    @Test
    void connect_emptyClientId_refused() throws Exception {
        assertRefused(Connect.of(5, "", token("ann", null)), 0x85, "ann.{device}");
        assertRefused(Connect.of(4, "", token("ann", null)), 2, "");
    }

    @Test
    void connect_otherUserName_refused() throws Exception {
        assertRefused(Connect.of(5, "ann.d", token("ann", null)).user("bob"), 0x85, "user name must be ann");
        assertRefused(Connect.of(4, "ann.d", token("ann", null)).user("bob"), 2, "");
    }

    @Test
    void connect_mqtt31_refusedAsUnacceptableVersion() throws Exception {
        assertRefused(Connect.of(3, "ann.d", token("ann", null)), 1, "");
    }

    @Test
    void connect_unknownAuthenticationMethod_refused() throws Exception {
        assertRefused(Connect.of(5, "ann.d", token("ann", null)).method("SCRAM-SHA-1"), 0x8C, "OAUTH2-JWT or JWT");
    }

    @Test
    void connect_willOnTheChat_refusedWithTheReason() throws Exception {
        assertRefused(Connect.of(5, "ann.d", token("ann", null)).will("u/ann/out/d/bob"), 0x90, "under u/");
        assertRefused(Connect.of(4, "ann.d", token("ann", null)).will("u/ann/out/d/bob"), 5, "");
        assertRefused(Connect.of(5, "ann.d", token("ann", null)).will("lwt/bob/d"), 0x87, "no rule");
        assertThat(raw(Connect.of(5, "ann.w", token("ann", null)).will("lwt/ann/w"))
                        .code())
                .isZero();
    }

    @Test
    void connect_verifierHasABugOrIsSilent_denied() throws Exception {
        assertRefused(Connect.of(5, "ann.d", "bug"), 0x80, "could not be checked");
        assertRefused(Connect.of(5, "ann.d", "silence"), 0x89, "server busy");
    }

    @Test
    void connect_strangerWithMyClientId_mySessionAndConnectionStay() throws Exception {
        MqttAsyncClient victim = five("cleo", "phone");
        ConcurrentLinkedQueue<String> got = subscribe(victim, "open/cleo");

        for (int level : new int[] {4, 5}) {
            assertThat(raw(Connect.of(level, "cleo.phone", token("mallory", null)))
                            .code())
                    .as("T-20 a good token of another user")
                    .isEqualTo(level == 5 ? 0x85 : 2);
            assertThat(raw(Connect.of(level, "cleo.phone", "secret")).code())
                    .as("T-22 no good token")
                    .isEqualTo(level == 5 ? 0x87 : 5);
            assertThat(raw(Connect.of(level, "cleo.phone", token("cleo", "tablet")))
                            .code())
                    .as("my own token for another device")
                    .isEqualTo(level == 5 ? 0x85 : 2);
        }

        assertThat(victim.isConnected()).isTrue();
        victim.publish("open/cleo", "still here".getBytes(), 1, false).waitForCompletion(10_000);
        await().untilAsserted(() -> assertThat(got).containsExactly("open/cleo still here"));
        victim.disconnect().waitForCompletion(10_000);
    }

    @Test
    void connect_refused_willIsNeverSent() throws Exception {
        MqttAsyncClient watcher = five("dora", "watch");
        ConcurrentLinkedQueue<String> got = subscribe(watcher, "lwt/#");

        assertRefused(Connect.of(5, "bob.d", token("eve", null)).will("lwt/eve/d"), 0x85, "eve");
        assertRefused(Connect.of(5, "eve.d", "secret").will("lwt/eve/d"), 0x87, "three parts");
        // The will of an accepted client arrives after a loss, which proves that the watcher would have seen the
        // others.
        assertThat(raw(Connect.of(5, "eve.ok", token("eve", null)).will("lwt/eve/ok"))
                        .code())
                .isZero();

        await().untilAsserted(() -> assertThat(got).containsExactly("lwt/eve/ok gone"));
        watcher.disconnect().waitForCompletion(10_000);
    }

    @Test
    void subscribe_manyFilters_eachDecidedAlone() throws Exception {
        MqttAsyncClient client = five("fay", "d");

        IMqttToken token = client.subscribe(new MqttSubscription[] {
            new MqttSubscription("u/fay/#", 1),
            new MqttSubscription("#", 1),
            new MqttSubscription("u/bob/#", 1),
            new MqttSubscription("u/+/in/#", 1),
            new MqttSubscription("$share/g/u/fay/#", 1),
            new MqttSubscription("$SYS/#", 1),
            new MqttSubscription("closed/x", 1),
            new MqttSubscription("open/x", 0)
        });
        token.waitForCompletion(10_000);

        assertThat(token.getReasonCodes()).containsExactly(1, 0x87, 0x87, 0x87, 0x87, 0x87, 0x87, 0);
        client.disconnect().waitForCompletion(10_000);
    }

    @Test
    void subscribe_withoutRight311_returnCode128() throws Exception {
        var client = new org.eclipse.paho.client.mqttv3.MqttClient(
                "tcp://127.0.0.1:" + broker.port,
                "gil.d",
                new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("gil");
        options.setPassword(token("gil", "d").toCharArray());
        client.connect(options);

        int[] granted = client.subscribeWithResponse(new String[] {"u/gil/#", "u/+/#", "open/#"}, new int[] {1, 1, 0})
                .getGrantedQos();

        assertThat(granted).containsExactly(1, 128, 0);
        client.disconnect();
        client.close();
    }

    @Test
    void publish_ordinaryTopicWithoutRight_reachesNobody() throws Exception {
        MqttAsyncClient watcher = five("hal", "watch");
        ConcurrentLinkedQueue<String> got = subscribe(watcher, "open/#");

        // The host alone ends the connection; with the chat in front, such a publish does not get here.
        for (String topic : List.of("closed/x", "u/hal/out/d/bob", "u/bob/out/d/hal")) {
            MqttAsyncClient client = five("hal", "other");
            client.publish(topic, new byte[1], 1, false);
            await().untilAsserted(
                            () -> assertThat(client.isConnected()).as(topic).isFalse());
            client.close(true);
        }
        watcher.publish("open/1", "x".getBytes(), 1, false).waitForCompletion(10_000);

        await().untilAsserted(() -> assertThat(got).containsExactly("open/1 x"));
        watcher.disconnect().waitForCompletion(10_000);
    }

    @Test
    void expiry_silentSubscriber_endedWithinFiveSeconds() throws Exception {
        Duration lifetime = Duration.ofSeconds(6);
        long start = System.nanoTime();
        String token = token("ivy", null, lifetime);
        try (RawClient five = new RawClient(broker.port);
                RawClient three = new RawClient(broker.port)) {
            assertThat(five.send(Connect.of(5, "ivy.five", token)).code()).isZero();
            assertThat(three.send(Connect.of(4, "ivy.three", token)).code()).isZero();

            Answer last = five.read(true);
            Answer lastOfThree = three.read(false);

            assertThat(last).isEqualTo(new Answer(DISCONNECT, 0xA0, "token expired"));
            assertThat(lastOfThree.type()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(lifetime, lifetime.plusSeconds(1 + 5));
        }
    }

    @Test
    void connect_withAnExpiredToken_denied() throws Exception {
        String token = token("ivy", "late", Duration.ofSeconds(1));
        assertThat(raw(Connect.of(5, "ivy.late", token)).code()).isZero();

        await().untilAsserted(() -> assertRefused(Connect.of(5, "ivy.late", token), 0x87, "expired"));
    }

    @Test
    void connect_grantedAndRefused_noPartOfATokenInAnyLog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("dev.waggle.auth");
        Logger authenticator = (Logger) LoggerFactory.getLogger(ChatAuthenticator.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        List<String> tokens = List.of(token("leo", null), token("leo", "d"));
        root.addAppender(log);
        own.setLevel(Level.TRACE);
        authenticator.setLevel(Level.TRACE);
        try {
            for (String token : tokens) {
                raw(Connect.of(5, "leo.d", token));
                raw(Connect.of(5, "bob.d", token));
                raw(Connect.of(5, "leo.d", token + "A"));
                raw(Connect.of(5, "leo.d", token.substring(0, token.length() - 4) + "AAAA"));
                raw(Connect.of(5, "leo.d", null).user(token));
            }
        } finally {
            root.detachAppender(log);
            own.setLevel(null);
            authenticator.setLevel(Level.OFF);
        }
        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();

        assertThat(lines)
                .as("T-17")
                .anyMatch(line -> line.contains("connect granted"))
                .anyMatch(line -> line.contains("connect refused: 0x85"));
        for (String token : tokens) {
            for (String part : token.split("\\.")) {
                assertThat(lines).noneMatch(line -> line.contains(part.substring(0, 20)));
            }
        }
    }

    @Test
    void connect_againWithTheSameTokenAndDevice_takesOver() throws Exception {
        MqttAsyncClient first = five("kim", "d");

        assertThat(raw(Connect.of(5, "kim.d", token("kim", "d"))).code()).isZero();

        await().untilAsserted(() -> assertThat(first.isConnected()).isFalse());
        first.close(true);
    }
}
