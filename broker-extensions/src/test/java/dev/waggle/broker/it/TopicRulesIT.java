package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.spec.message.Actor.Role;
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

/** Topics outside the chat, opened by rules of the configuration: a thing reports, a back end listens. */
class TopicRulesIT {
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path data;

    private static MqttAsyncClient connect(Reachable broker, String user, Role role) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(broker.mqtt(), user + ".d", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(broker.token(user, "d", role, Duration.ofMinutes(5)).getBytes(StandardCharsets.US_ASCII));
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    private static int publish(MqttAsyncClient client, String topic) throws Exception {
        IMqttToken token = client.publish(topic, "21".getBytes(StandardCharsets.US_ASCII), 1, false);
        try {
            token.waitForCompletion(10_000);
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
        return token.getReasonCodes()[0];
    }

    @Test
    void ruleOpensATopic_toItsRole_andNothingElse() throws Exception {
        List<TopicRule> rules = List.of(
                new TopicRule(
                        Set.of("user"),
                        TopicGrant.parse("publish telemetry/${user}/${device}").get()),
                new TopicRule(
                        Set.of("service"),
                        TopicGrant.parse("subscribe telemetry/#").get()));
        try (TestBroker broker = new TestBroker(WaggleConfig.onFreePorts(data).withTopicRules(rules))) {
            MqttAsyncClient meter = connect(broker, "meter", Role.USER);
            MqttAsyncClient backend = connect(broker, "backend", Role.SERVICE);
            List<String> seen = new CopyOnWriteArrayList<>();
            backend.setCallback(new Heard(seen));
            backend.subscribe("telemetry/#", 1).waitForCompletion(10_000);

            assertThat(publish(meter, "telemetry/meter/d")).isLessThan(0x80);
            assertThat(publish(meter, "telemetry/other/d")).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(backend, "telemetry/meter/d")).isEqualTo(NOT_AUTHORIZED);
            assertThat(subscribe(meter, "telemetry/#")).isEqualTo(NOT_AUTHORIZED);
            assertThat(publish(meter, "telemetry/meter/d")).isLessThan(0x80);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(seen).containsExactly("telemetry/meter/d", "telemetry/meter/d"));
            meter.disconnect().waitForCompletion(10_000);
            backend.disconnect().waitForCompletion(10_000);
        }
    }

    private static int subscribe(MqttAsyncClient client, String filter) throws Exception {
        IMqttToken token = client.subscribe(filter, 1);
        try {
            token.waitForCompletion(10_000);
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
        return token.getReasonCodes()[0];
    }
}
