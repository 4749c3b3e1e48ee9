package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.TopicGrant;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** A host secured by the real verifier and the real access rule, and clients of it. */
final class SecuredHost implements AutoCloseable {
    private static final int CONNACK = 2;

    private final ThreadPoolExecutor pool = VerificationPool.of(2, 100);
    private final LocalIssuer issuer;
    private final TestBroker broker;

    SecuredHost(Path directory) throws IOException {
        LocalKeys keys =
                LocalKeys.open(directory.resolve("keys"), new SecureRandom()).get();
        issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, InstantSource.system(), new SecureRandom());
        TokenVerifier real = new JwtVerifier(keys, LocalIssuer.DEFAULT_NAME, pool, InstantSource.system(), 100);
        AccessRules access = new ChatAccessRules(List.of(
                new TopicRule(
                        Set.of("user"),
                        TopicGrant.parse("publish|subscribe open/#").get()),
                new TopicRule(
                        Set.of("user"),
                        TopicGrant.parse("publish lwt/${user}/${device}").get()),
                new TopicRule(
                        Set.of("user"), TopicGrant.parse("subscribe lwt/#").get())));
        broker = new TestBroker(
                directory.resolve("broker"),
                (token, certificate) -> switch (token) {
                    case "bug" -> CompletableFuture.failedFuture(new IllegalStateException("bug"));
                    case "silence" -> new CompletableFuture<>();
                    default -> real.verify(token, certificate);
                },
                access);
    }

    @Override
    public void close() {
        broker.close();
        pool.shutdown();
    }

    TestBroker broker() {
        return broker;
    }

    String token(String user, @Nullable String device) {
        return token(user, device, Duration.ofMinutes(5));
    }

    String token(String user, @Nullable String device, Duration lifetime) {
        return issuer.token(TokenRequest.of(
                new UserId(user), device == null ? null : new DeviceId(device), Actor.Role.USER, lifetime));
    }

    Answer raw(Connect connect) throws IOException {
        return RawClient.connect(broker.port, connect);
    }

    void assertRefused(Connect connect, int code, String reason) throws IOException {
        Answer answer = raw(connect);
        assertThat(answer.type()).isEqualTo(CONNACK);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.reason()).contains(reason);
    }

    MqttAsyncClient five(String user, String device) throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + broker.port, user + "." + device, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setPassword(token(user, device).getBytes());
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    /** What arrives, topic and body. */
    ConcurrentLinkedQueue<String> subscribe(MqttAsyncClient client, String filter) throws Exception {
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
}
