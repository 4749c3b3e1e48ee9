package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
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
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that limit QoS and retained messages: what is too much is refused, and the connection stays. */
class TopicLimitsIT {
    private static final long WAIT_MILLIS = 10_000;
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    Path data;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private TestBroker broker;
    private MqttAsyncClient backend;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(WaggleConfig.onFreePorts(data)
                .withTopicRules(List.of(
                        rule("user", "publish telemetry/${user}/# qos<=1 noretain"),
                        rule("user", "publish state/${user}"),
                        rule("service", "subscribe telemetry/# qos<=1"),
                        rule("service", "subscribe state/#"))));
        backend = five("backend", Role.SERVICE, new MqttConnectionOptions());
        backend.setCallback(new Heard(seen));
        backend.subscribe("telemetry/#", 1).waitForCompletion(WAIT_MILLIS);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static TopicRule rule(String role, String grant) {
        return new TopicRule(Set.of(role), TopicGrant.parse(grant).get());
    }

    private MqttAsyncClient five(String user, Role role, MqttConnectionOptions options) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(broker.mqtt(), user + ".d", new MemoryPersistence());
        options.setUserName(user);
        options.setPassword(broker.token(user, "d", role, Duration.ofMinutes(5)).getBytes(StandardCharsets.US_ASCII));
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return client;
    }

    private static int publish(MqttAsyncClient client, String topic, String text, int qos, boolean retain)
            throws Exception {
        IMqttToken token = client.publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, retain);
        try {
            token.waitForCompletion(WAIT_MILLIS);
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    private static int subscribe(MqttAsyncClient client, String filter, int qos) throws Exception {
        IMqttToken token = client.subscribe(filter, qos);
        token.waitForCompletion(WAIT_MILLIS);
        return token.getReasonCodes()[0];
    }

    /** A publish comes after all that were sent before it on the same connection. */
    private void assertOnlyTheLastArrived() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(seen).containsExactly("telemetry/meter/last"));
    }

    /** Not with Paho, which ends its connection when a PUBREC says no. */
    @Test
    void mqtt5_tooMuch_isRefusedWithAReason_andTheConnectionStays() throws Exception {
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        Mqtt5AsyncClient meter = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.mqttPort())
                .identifier("meter.d")
                .addDisconnectedListener((MqttClientDisconnectedContext end) -> ends.add(end.getCause()))
                .buildAsync();
        meter.connectWith()
                .simpleAuth()
                .username("meter")
                .password(broker.token("meter", "d").getBytes(StandardCharsets.US_ASCII))
                .applySimpleAuth()
                .send()
                .get(10, TimeUnit.SECONDS);

        assertThat(refusal(meter, "telemetry/meter/two", "x", MqttQos.EXACTLY_ONCE, false))
                .contains("with QoS 2");
        assertThat(refusal(meter, "telemetry/meter/kept", "x", MqttQos.AT_LEAST_ONCE, true))
                .contains("with QoS 1 and retained");
        assertThat(refusal(meter, "telemetry/meter/gone", "", MqttQos.AT_LEAST_ONCE, true))
                .contains("and retained");
        assertThat(refusal(meter, "telemetry/meter/kept", "x", MqttQos.AT_MOST_ONCE, true))
                .isEmpty();
        assertThat(refusal(meter, "telemetry/meter/last", "x", MqttQos.AT_LEAST_ONCE, false))
                .isEmpty();

        assertOnlyTheLastArrived();
        assertThat(ends).isEmpty();
        meter.disconnect().get(10, TimeUnit.SECONDS);
    }

    /** The reason, if PUBACK or PUBREC said 'not authorized'; empty if nothing was refused. */
    private static String refusal(Mqtt5AsyncClient client, String topic, String text, MqttQos qos, boolean retain)
            throws Exception {
        Throwable error = client.publishWith()
                .topic(topic)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .qos(qos)
                .retain(retain)
                .send()
                .<Throwable>handle((result, failure) ->
                        failure != null ? failure : result.getError().orElse(null))
                .get(10, TimeUnit.SECONDS);
        if (error instanceof Mqtt5PubRecException rec) {
            assertThat(rec.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5PubRecReasonCode.NOT_AUTHORIZED);
            return rec.getMqttMessage().getReasonString().orElseThrow().toString();
        }
        if (error instanceof Mqtt5PubAckException ack) {
            assertThat(ack.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
            return ack.getMqttMessage().getReasonString().orElseThrow().toString();
        }
        assertThat(error).isNull();
        return "";
    }

    @Test
    void mqtt311_tooMuch_isAcknowledgedAndDropped_andTheConnectionStays() throws Exception {
        MqttClient meter = new MqttClient(
                broker.mqtt(), "meter.d", new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
        meter.setTimeToWait(WAIT_MILLIS);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("meter");
        options.setPassword(broker.token("meter", "d").toCharArray());
        meter.connect(options);

        meter.publish("telemetry/meter/two", new byte[1], 2, false);
        meter.publish("telemetry/meter/kept", new byte[1], 1, true);
        meter.publish("telemetry/meter/kept", new byte[1], 0, true);
        meter.publish("telemetry/meter/last", new byte[1], 1, false);

        assertOnlyTheLastArrived();
        assertThat(meter.isConnected()).isTrue();
        meter.disconnect();
        meter.close();
    }

    @Test
    void subscriptions_areGrantedNoHigherQosThanTheRule() throws Exception {
        MqttAsyncClient other = five("other", Role.SERVICE, new MqttConnectionOptions());

        assertThat(subscribe(other, "telemetry/meter/#", 2)).isEqualTo(1);
        assertThat(subscribe(other, "telemetry/other/#", 0)).isZero();
        assertThat(subscribe(other, "state/#", 2)).isEqualTo(2);
        assertThat(subscribe(other, "u/other/#", 2)).isEqualTo(2);
    }

    @Test
    void retained_isTakenAway_onlyWithTheRightToRetain() throws Exception {
        MqttAsyncClient meter = five("meter", Role.USER, new MqttConnectionOptions());
        assertThat(publish(meter, "state/meter", "on", 1, true)).isLessThan(0x80);
        subscribe(backend, "state/#", 1);
        await().untilAsserted(() -> assertThat(seen).containsExactly("state/meter"));

        assertThat(publish(meter, "state/meter", "", 1, true)).isLessThan(0x80);
        MqttAsyncClient late = five("late", Role.SERVICE, new MqttConnectionOptions());
        List<String> lateSeen = new CopyOnWriteArrayList<>();
        late.setCallback(new Heard(lateSeen));
        subscribe(late, "state/#", 1);
        assertThat(publish(meter, "state/meter", "again", 1, false)).isLessThan(0x80);

        await().untilAsserted(() -> assertThat(lateSeen).containsExactly("state/meter"));
    }

    @Test
    void will_isHeldAgainstQosAndRetain() throws Exception {
        MqttConnectionOptions tooMuch = new MqttConnectionOptions();
        tooMuch.setWill("telemetry/meter/will", new MqttMessage(new byte[1], 1, true, null));
        assertThatThrownBy(() -> five("meter", Role.USER, tooMuch))
                .isInstanceOfSatisfying(
                        MqttException.class,
                        refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));

        MqttConnectionOptions allowed = new MqttConnectionOptions();
        allowed.setWill("telemetry/meter/last", new MqttMessage(new byte[1], 1, false, null));
        five("meter", Role.USER, allowed).disconnectForcibly(0, 0, false);

        assertOnlyTheLastArrived();
    }
}
