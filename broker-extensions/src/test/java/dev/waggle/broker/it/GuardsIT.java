package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.GuardLimits;
import dev.waggle.broker.inbound.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one user or device may take, and what it and the operator are told. */
class GuardsIT {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    private static final RateLimit MUCH = new RateLimit(1_000, 1_000);

    @TempDir
    Path data;

    private WaggleConfig config(int connections, RateLimit deviceConnects, RateLimit ordinary, RateLimit filters) {
        WaggleConfig config = WaggleConfig.onFreePorts(data);
        TopicRule open = new TopicRule(
                Set.of("user", "service"),
                TopicGrant.parse("publish|subscribe open/${user}").get());
        return config.withGuards(new GuardLimits(
                        connections,
                        2,
                        deviceConnects,
                        ordinary,
                        filters,
                        config.guards().bans()))
                .withTopicRules(List.of(open));
    }

    @Test
    void connections_moreThanAUserMayHave_refusedNamingTheLimit_takeOverStillWorks() throws Exception {
        try (TestBroker broker = new TestBroker(config(2, MUCH, MUCH, MUCH));
                Device5 phone = new Device5(broker, "alice", "phone").connect();
                Device5 tablet = new Device5(broker, "alice", "tablet").connect()) {
            assertThatThrownBy(() -> new Device5(broker, "alice", "desk").connect())
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(QUOTA_EXCEEDED));
            JsonNode refusal = HttpCaller.operator(broker)
                    .admin("/admin/v1/refusals?user=alice")
                    .json()
                    .path("refusals")
                    .get(0);
            assertThat(refusal.path("reason").asText()).contains("limits.connections.perUser", "2");
            assertThat(refusal.path("clientId").asText()).isEqualTo("alice.desk");

            try (Device5 again = new Device5(broker, "alice", "phone").connect()) {
                assertThat(again.sessionPresent()).isTrue();
            }
            assertThat(tablet.connected()).isTrue();
            try (Device5 bob = new Device5(broker, "bob", "phone").connect()) {
                assertThat(bob.connected()).isTrue();
            }
        }
    }

    @Test
    void deviceThatConnectsTooOften_toldWhenToComeBack_othersAreNot() throws Exception {
        try (TestBroker broker = new TestBroker(config(10, new RateLimit(0.01, 2), MUCH, MUCH))) {
            for (int i = 0; i < 2; i++) {
                new Device5(broker, "alice", "phone").connect().disconnect();
            }
            assertThatThrownBy(() -> new Device5(broker, "alice", "phone").connect())
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(CONNECTION_RATE_EXCEEDED));
            new Device5(broker, "alice", "tablet").connect().disconnect();
            assertThat(HttpCaller.operator(broker).admin("/metrics").body())
                    .contains("waggle_refusals_total{what=\"connect\",code=\"0x9F\",} 1.0");
        }
    }

    @Test
    void ordinaryPublishesTooOften_areSlowedAndNotLost() throws Exception {
        RateLimit slow = new RateLimit(10, 5);
        try (TestBroker broker = new TestBroker(config(10, MUCH, slow, MUCH));
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            long start = System.nanoTime();
            for (int i = 0; i < 25; i++) {
                assertThat(alice.publish("open/alice", "n" + i, null).reasonCode())
                        .isIn(0, 0x10);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("20 beyond the burst at 10 a second, the last pause after its answer")
                    .isGreaterThan(Duration.ofMillis(1_500));
        }
    }

    @Test
    void senderWhoHeedsNoRefusal_isSlowedButStaysConnected() throws Exception {
        try (TestBroker broker = new TestBroker(config(10, MUCH, MUCH, MUCH));
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            long start = System.nanoTime();
            for (int i = 0; i < 650; i++) {
                assertThat(alice.publish("closed/topic", "x", null).reasonCode())
                        .isEqualTo(NOT_AUTHORIZED);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("500 at once, then 100 a second")
                    .isGreaterThan(Duration.ofMillis(1_200));
            assertThat(alice.send("d/bob", "still welcome").reasonCode()).isZero();
        }
    }

    @Test
    void refusedPublishAndSubscribe_areInTheJournal() throws Exception {
        try (TestBroker broker = new TestBroker(config(10, MUCH, MUCH, MUCH));
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            assertThat(alice.publish("closed/topic", "x", null).reasonCode()).isEqualTo(NOT_AUTHORIZED);
            assertThat(alice.subscribeTo("u/bob/#")).isEqualTo(NOT_AUTHORIZED);
            JsonNode refusals = HttpCaller.operator(broker)
                    .admin("/admin/v1/explain?user=alice")
                    .json()
                    .path("refusals");
            assertThat(refusals).extracting(one -> one.path("what").asText()).contains("publish", "subscribe");
            assertThat(refusals)
                    .extracting(one -> one.path("reason").asText())
                    .anyMatch(reason -> reason.contains("no rule opens"));
        }
    }

    @Test
    void subscribingTooOften_isSlowed() throws Exception {
        try (TestBroker broker = new TestBroker(config(10, MUCH, MUCH, new RateLimit(10, 2)));
                Device5 alice = new Device5(broker, "alice", "phone").connect()) {
            long start = System.nanoTime();
            for (int i = 0; i < 12; i++) {
                assertThat(alice.subscribeTo("u/alice/in/d/p" + i + "/#")).isLessThan(0x80);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
        }
    }
}
