package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.Roles;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.broker.config.WaggleConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients without a token, where they are let in: ordinary topics of the role anonymous and nothing else. */
class AnonymousIT {
    private static final long WAIT_MILLIS = 10_000;
    private static final int CLIENT_ID_NOT_VALID = 0x85;
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path data;

    private TestBroker broker(boolean anonymous) throws Exception {
        return new TestBroker(WaggleConfig.onFreePorts(data)
                .withRights(new WaggleConfig.Rights(
                        Roles.BUILT_IN,
                        List.of(new TopicRule(
                                Set.of("anonymous", "user"),
                                TopicGrant.parse("publish|subscribe open/#").get())),
                        new WaggleConfig.Anonymous(anonymous, false))));
    }

    private static MqttAsyncClient connect(Reachable broker, String clientId, long expirySeconds) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(broker.mqtt(), clientId, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSessionExpiryInterval(expirySeconds);
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return client;
    }

    private static int code(IMqttToken token) {
        try {
            token.waitForCompletion(WAIT_MILLIS);
            return token.getReasonCodes()[0];
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
    }

    private static int publish(MqttAsyncClient client, String topic) throws Exception {
        return code(client.publish(topic, "x".getBytes(StandardCharsets.UTF_8), 1, false));
    }

    private static void assertRefused(Reachable broker, String clientId, long expirySeconds, int code) {
        assertThatThrownBy(() -> connect(broker, clientId, expirySeconds))
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(code));
    }

    @Test
    void anonymous_hasWhatTheRulesOpen_andNoChat() throws Exception {
        try (TestBroker broker = broker(true)) {
            MqttAsyncClient lamp = connect(broker, "anon-lamp", 0);
            List<String> seen = new CopyOnWriteArrayList<>();
            lamp.setCallback(new Heard(seen));

            assertThat(code(lamp.subscribe("open/lamp", 1))).isEqualTo(1);
            assertThat(code(lamp.subscribe("u/bob/#", 1))).isEqualTo(NOT_AUTHORIZED);
            assertThat(code(lamp.subscribe("#", 1))).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(lamp, "u/bob/out/d/alice")).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(lamp, "u/anon-lamp/out/d/alice")).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(lamp, "closed/x")).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(lamp, "open/lamp")).isLessThan(0x80);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(seen).containsExactly("open/lamp"));
            assertThat(lamp.isConnected()).isTrue();
            lamp.disconnect().waitForCompletion(WAIT_MILLIS);
        }
    }

    @Test
    void anonymous_takesNobodysPlace_andKeepsNoSession() throws Exception {
        try (TestBroker broker = broker(true);
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            assertRefused(broker, "alice.phone", 0, CLIENT_ID_NOT_VALID);
            assertRefused(broker, "anon-lamp", 60, NOT_AUTHORIZED);
            assertThat(alice.send("d/bob", "still here").reasonCode()).isZero();
        }
    }

    @Test
    void anonymous_unlessSwitchedOn_isRefused() throws Exception {
        try (TestBroker broker = broker(false)) {
            assertRefused(broker, "anon-lamp", 0, NOT_AUTHORIZED);
        }
    }
}
