package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MQTT 5 enhanced authentication with a stock client: a token is renewed while the connection lives, or it ends. */
class RenewalIT {
    @TempDir
    Path data;

    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(data);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private Mqtt5AsyncClient connect(TokenInAuth auth) throws Exception {
        Mqtt5AsyncClient client = auth.client(broker, ends::add);
        client.connect().get(10, TimeUnit.SECONDS);
        return client;
    }

    private static Mqtt5PublishResult send(Mqtt5AsyncClient client, String text) throws Exception {
        return client.publishWith()
                .topic("u/alice/out/d/bob")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send()
                .get(10, TimeUnit.SECONDS);
    }

    private void untilEndedBy(Mqtt5DisconnectReasonCode code) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(ends)
                        .anySatisfy(cause -> assertThat(cause)
                                .isInstanceOfSatisfying(
                                        Mqtt5DisconnectException.class,
                                        end -> assertThat(end.getMqttMessage().getReasonCode())
                                                .isEqualTo(code))));
    }

    @Test
    void renewedToken_outlivesTheFirst() throws Exception {
        Duration first = Duration.ofSeconds(3);
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token("alice", "phone", first));
        long begun = System.nanoTime();
        Mqtt5AsyncClient client = connect(auth);
        auth.token = broker.token("alice", "phone");
        client.reauth().get(10, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> System.nanoTime() - begun > first.plusSeconds(3).toNanos());

        assertThat(send(client, "still here").getError()).isEmpty();
        assertThat(ends).isEmpty();
    }

    @Test
    void tokenThatIsNotRenewed_endsASilentConnection() throws Exception {
        connect(new TokenInAuth("JWT", broker.token("alice", "phone", Duration.ofSeconds(2))));

        untilEndedBy(Mqtt5DisconnectReasonCode.MAXIMUM_CONNECT_TIME);
    }

    @Test
    void renewalWithTheTokenOfAnother_endsTheConnection_andNobodyElses() throws Exception {
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token("alice", "phone"));
        Mqtt5AsyncClient client = connect(auth);
        try (Device5 bob = new Device5(broker, "bob", "phone").connect()) {
            auth.token = broker.token("bob", "phone");
            assertThatThrownBy(() -> client.reauth().get(10, TimeUnit.SECONDS)).isNotNull();

            untilEndedBy(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
            assertThat(bob.send("d/alice", "not me").reasonCode()).isZero();
        }
    }

    @Test
    void renewalWithARevokedToken_endsTheConnection() throws Exception {
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token("alice", "phone"));
        Mqtt5AsyncClient client = connect(auth);
        auth.token = broker.token("alice", "phone");
        HttpCaller.operator(broker)
                .adminPost("/admin/v1/revocations", "{\"jti\":\"" + RevocationIT.jti(auth.token) + "\"}");
        assertThatThrownBy(() -> client.reauth().get(10, TimeUnit.SECONDS)).isNotNull();

        untilEndedBy(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void renewalWithATokenThatIsNone_endsTheConnection() throws Exception {
        TokenInAuth auth = new TokenInAuth("OAUTH2-JWT", broker.token("alice", "phone"));
        Mqtt5AsyncClient client = connect(auth);
        auth.token = "no.token.atall";
        assertThatThrownBy(() -> client.reauth().get(10, TimeUnit.SECONDS)).isNotNull();

        untilEndedBy(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void unknownMethod_isRefusedBeforeTheTokenIsLookedAt() {
        assertThatThrownBy(() -> connect(new TokenInAuth("SCRAM-SHA-1", broker.token("alice", "phone"))))
                .hasCauseInstanceOf(Mqtt5ConnAckException.class)
                .hasMessageContaining("BAD_AUTHENTICATION_METHOD");
    }
}
