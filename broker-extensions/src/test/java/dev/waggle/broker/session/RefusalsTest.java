package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.InboundPublish;
import dev.waggle.broker.testkit.People;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of PROTOCOL §3 that is decided before the store, in MQTT 5 and 3.1.1. */
class RefusalsTest {
    /**
     * @param report topic of {@code sent} in 3.1.1, or null if there is none
     */
    record Row(
            String name,
            InboundPublish publish,
            int reasonCode,
            String code,
            @Nullable String report) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        Bytes large = Bytes.wrap(new byte[64 * 1024 + 1]);
        MessageProperties wide =
                new MessageProperties("text/plain", false, 0, List.of(new UserProperty("k", "v".repeat(1_024))));
        MessageProperties utf8 = new MessageProperties(null, true, 0, List.of());
        String out = "u/alice/out/d/bob";
        String sent = "u/alice/sent/d/bob/-";
        return Stream.of(
                new Row("another user's prefix", text("u/bob/out/d/alice"), 0x87, "not-allowed", null),
                new Row("ordinary topic without right", text("closed/x"), 0x87, "not-allowed", null),
                new Row("not in the contract", text("u/alice/inbox"), 0x90, "bad-request", null),
                new Row("server topic", text("u/alice/in/d/bob/bob/1/1"), 0x90, "bad-request", null),
                new Row("bad conversation", text("u/alice/out/x/bob"), 0x90, "bad-request", null),
                new Row("retained", retained(out + "/k"), 0x90, "bad-request", "u/alice/sent/d/bob/k"),
                new Row("retained call", retained("u/alice/call/me"), 0x90, "bad-request", null),
                new Row("read mark that is no seq", text("u/alice/read/d/bob"), 0x99, "bad-request", sent),
                new Row("state that is none", text("u/alice/state"), 0x99, "bad-request", null),
                new Row("body too large", publish(out, large, MessageProperties.NONE, null), 0x97, "too-large", sent),
                new Row(
                        "call too large",
                        publish("u/alice/call/me", large, MessageProperties.NONE, null),
                        0x97,
                        "too-large",
                        null),
                new Row("properties too large", publish(out, Bytes.EMPTY, wide, null), 0x97, "too-large", sent),
                new Row(
                        "not UTF-8",
                        publish(out, Bytes.wrap(new byte[] {(byte) 0xC3}), utf8, null),
                        0x99,
                        "bad-request",
                        sent),
                new Row(
                        "key too long",
                        publish(out, Bytes.EMPTY, MessageProperties.NONE, Bytes.wrap(new byte[65])),
                        0x83,
                        "bad-request",
                        sent),
                new Row(
                        "keys differ",
                        publish(out + "/k", Bytes.EMPTY, MessageProperties.NONE, Bytes.utf8("K")),
                        0x83,
                        "bad-request",
                        "u/alice/sent/d/bob/k"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void publish_mqtt5_reasonCodeAndText(Row row) {
        OneClient alice = OneClient.here(People.mqtt5("alice", "phone"));
        assertThat(alice.publish(row.publish())).isTrue();
        Acknowledgement answer = alice.answer();
        assertThat(answer.packetId()).isEqualTo(7);
        assertThat(answer.reasonCode()).isEqualTo(row.reasonCode());
        assertThat(answer.reason()).isNotBlank();
        assertThat(answer.seq()).isNull();
        assertThat(alice.delivered()).isEmpty();
        assertThat(alice.connection.ended).isZero();
        assertThat(alice.store.submissions).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void publish_mqtt3_acknowledgedAndReported(Row row) {
        OneClient alice = OneClient.here(People.mqtt3("alice", "phone"));
        assertThat(alice.publish(row.publish())).isTrue();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(7, 1, 0, null, null));
        reported(alice, row);
        assertThat(alice.connection.reading).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void publish_mqtt5WithoutProblemInformation_codeAndReport(Row row) {
        OneClient alice =
                OneClient.here(People.profile("alice", "phone", true, false, 3_600, 65_535, 268_435_460, false));
        assertThat(alice.publish(row.publish())).isTrue();
        assertThat(alice.answer()).isEqualTo(new Acknowledgement(7, 1, row.reasonCode(), null, null));
        reported(alice, row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void publish_qos0_onlyReported(Row row) {
        OneClient alice = OneClient.here(People.mqtt5("alice", "phone"));
        InboundPublish as = row.publish();
        assertThat(alice.publish(new InboundPublish(
                        as.topic(), as.payload(), 0, 0, false, as.retain(), as.properties(), as.correlation(), null)))
                .isTrue();
        assertThat(alice.connection.acknowledgements).isEmpty();
        reported(alice, row);
    }

    static Stream<Rejection> rules() {
        return Stream.of(Refusal.NOT_MEMBER, Refusal.BLOCKED, Refusal.ID_REUSED, Refusal.QUOTA)
                .map(refusal -> Rejection.of(refusal, "because " + refusal.code()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void publish_refusedByRules_bothVersions(Rejection rejection) {
        OneClient five = OneClient.here(People.mqtt5("alice", "phone"));
        five.publish("u/alice/out/g/team/k", "hi", 1, 9);
        five.store.next().reject(rejection);
        five.run();
        assertThat(five.answer())
                .isEqualTo(new Acknowledgement(9, 1, rejection.mqttReason(), rejection.message(), null));

        OneClient three = OneClient.here(People.mqtt3("alice", "phone"));
        three.publish("u/alice/out/g/team/k", "hi", 1, 9);
        three.store.next().reject(rejection);
        three.run();
        assertThat(three.answer()).isEqualTo(new Acknowledgement(9, 1, 0, null, null));
        assertThat(three.delivered())
                .containsExactly("u/alice/sent/g/team/k {\"refused\":\""
                        + rejection.refusal().code() + "\",\"reason\":\"" + rejection.message() + "\"}");
    }

    private static void reported(OneClient alice, Row row) {
        List<String> said = alice.delivered();
        if (row.report() == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said)
                    .singleElement()
                    .satisfies(text -> assertThat(text)
                            .startsWith(row.report() + " {\"refused\":\"" + row.code() + "\",\"reason\":\""));
        }
    }

    private static InboundPublish text(String topic) {
        return People.publish(topic, "hi", 1, 7);
    }

    private static InboundPublish retained(String topic) {
        return new InboundPublish(topic, Bytes.EMPTY, 1, 7, false, true, MessageProperties.NONE, null, null);
    }

    private static InboundPublish publish(
            String topic, Bytes payload, MessageProperties properties, @Nullable Bytes key) {
        return People.publish(topic, payload, 1, 7, properties, key);
    }
}
