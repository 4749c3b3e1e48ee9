package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service account acts for a user: its recipients see both names. */
class AgentIT {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int ADMINISTRATIVE_ACTION = 0x98;

    @TempDir
    Path data;

    private static TokenRequest forAlice() {
        return TokenRequest.of(new UserId("alice"), new DeviceId("bot"), Actor.Role.SERVICE, Duration.ofMinutes(10))
                .actedBy(new UserId("billing"))
                .get();
    }

    @Test
    void whatAnAgentDoes_isShownAsTheUsersAndTheAgents_overMqttAndHttp() throws Exception {
        try (TestBroker broker = new TestBroker(data);
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 agent = new Device5(broker, "alice", "bot")
                        .with(() -> broker.token(forAlice()))
                        .connect()) {
            assertThat(agent.send("d/bob", "your bill").reasonCode()).isZero();
            await().untilAsserted(() -> assertThat(bob.arrived)
                    .anyMatch(one -> one.topic().startsWith("u/bob/in/d/alice/alice~billing/1/")
                            && one.text().equals("your bill")));

            HttpCaller http = new HttpCaller(broker, broker.token(forAlice()));
            assertThat(http.call("group.create", "{\"group\":\"bills\",\"members\":[\"bob\"]}")
                            .status())
                    .isEqualTo(200);
            await().untilAsserted(() -> assertThat(bob.arrived)
                    .anyMatch(one -> one.topic().startsWith("u/bob/ev/g/bills/member/alice~billing/1/")));
            assertThat(http.history("d/bob"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.from()).isEqualTo("alice~billing"));
        }
    }

    @Test
    void disabledAgent_actsForNobody() throws Exception {
        try (TestBroker broker = new TestBroker(data);
                Device5 agent = new Device5(broker, "alice", "bot")
                        .with(() -> broker.token(forAlice()))
                        .connect();
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            HttpCaller.operator(broker).adminPost("/admin/v1/users/billing/disable", "");

            await().untilAsserted(() -> assertThat(agent.disconnects).contains(ADMINISTRATIVE_ACTION));
            assertThatThrownBy(agent::connect)
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
            assertThat(alice.connected()).isTrue();
        }
    }
}
