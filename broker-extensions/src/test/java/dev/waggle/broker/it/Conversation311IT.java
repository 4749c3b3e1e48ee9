package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock MQTT 3.1.1 client is a full client: {@code sent} tells it what its acknowledgements cannot carry. */
class Conversation311IT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path data;

    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(data);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** What came on {@code sent} topics that begin like this one. */
    private static List<Arrived> sent(Device3 device, String topic) {
        return device.arrived.stream()
                .filter(one -> one.topic().startsWith(topic))
                .toList();
    }

    private static JsonNode theOnlyOne(Device3 device, String topic) throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(device, topic)).hasSize(1));
        return new ObjectMapper().readTree(sent(device, topic).get(0).text());
    }

    @Test
    void awayDevice_returns_getsEverythingInOrderWithoutSubscribing() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect();
                Device3 bob = new Device3(broker, "bob", "phone").connect().subscribe()) {
            assertThat(bob.sessionPresent()).isFalse();
            bob.disconnect();
            List<String> texts =
                    IntStream.rangeClosed(1, 80).mapToObj(i -> "m" + i).toList();
            for (String text : texts) {
                alice.send("d/bob", text);
            }
            bob.connect();
            assertThat(bob.sessionPresent()).isTrue();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).containsExactlyElementsOf(texts));
        }
    }

    @Test
    void restart_keepsSessionsFiltersAndMessages() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect();
                Device3 bob = new Device3(broker, "bob", "phone").connect().subscribe()) {
            bob.disconnect();
            alice.send("d/bob", "before");
            broker.restart();
            alice.connect().send("d/bob", "after");
            bob.connect();
            assertThat(bob.sessionPresent()).isTrue();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).containsExactly("before", "after"));
        }
    }

    @Test
    void send_withKeyInTopic_sentTellsSeqAndTimeEachTime() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect().subscribe()) {
            alice.send("d/bob/key-1", "once");
            JsonNode told = theOnlyOne(alice, "u/alice/sent/d/bob/key-1");
            assertThat(told.path("seq").asLong()).isEqualTo(1);
            assertThat(told.path("ts").asLong()).isPositive();
            alice.send("d/bob/key-1", "once");
            alice.send("d/bob/key-2", "next");
            assertThat(theOnlyOne(alice, "u/alice/sent/d/bob/key-2").path("seq").asLong())
                    .isEqualTo(2);
            assertThat(sent(alice, "u/alice/sent/d/bob/key-1"))
                    .extracting(Arrived::text)
                    .containsExactly(told.toString(), told.toString());
        }
    }

    @Test
    void send_refused_isAcknowledgedAndReported() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect().subscribe()) {
            alice.send("g/strangers/key-1", "let me in");
            JsonNode told = theOnlyOne(alice, "u/alice/sent/g/strangers/key-1");
            assertThat(told.path("refused").asText()).isEqualTo("not-member");
            assertThat(told.path("reason").asText()).isNotBlank();
            alice.send("g/strangers", "let me in");
            assertThat(theOnlyOne(alice, "u/alice/sent/g/strangers/-")
                            .path("refused")
                            .asText())
                    .isEqualTo("not-member");
            alice.send("d/bob/key-2", "the connection stays");
            assertThat(theOnlyOne(alice, "u/alice/sent/d/bob/key-2").path("seq").asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void send_sameKeyWithAnotherBody_isReportedAsReused() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect().subscribe()) {
            alice.send("d/bob/key-1", "once");
            theOnlyOne(alice, "u/alice/sent/d/bob/key-1");
            alice.arrived.clear();
            alice.send("d/bob/key-1", "other");
            assertThat(theOnlyOne(alice, "u/alice/sent/d/bob/key-1")
                            .path("refused")
                            .asText())
                    .isEqualTo("id-reused");
        }
    }

    @Test
    void connect_badTokenClientIdOrVersion_connackSaysWhich() {
        String tokenOfPhone = broker.token("alice", "phone");
        assertThat(connackCode(new Device3(broker, "alice", "phone").password("no.token.this")))
                .isEqualTo(5);
        assertThat(connackCode(new Device3(broker, "alice", "phone").password(tokenOfPhone + "x")))
                .isEqualTo(5);
        assertThat(connackCode(new Device3(broker, "alice", "tablet").password(tokenOfPhone)))
                .isEqualTo(2);
        assertThat(connackCode(new Device3(broker, "alice", "phone").version31()))
                .isEqualTo(1);
    }

    private static int connackCode(Device3 device) {
        return catchThrowableOfType(MqttException.class, device::connect).getReasonCode();
    }
}
