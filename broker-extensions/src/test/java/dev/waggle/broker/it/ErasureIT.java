package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.gateway.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edited and deleted messages as clients see them: who is here, who was away, and who is just getting them. */
class ErasureIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path data;

    private TestBroker broker;
    private HttpCaller alice;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(data);
        alice = HttpCaller.of(broker, "alice");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static void ok(HttpCaller.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void deleteForAll(long from, long to) throws Exception {
        ok(alice.call("message.delete", "{\"conv\":\"d/bob\",\"seqs\":[[%d,%d]],\"for\":\"all\"}".formatted(from, to)));
    }

    /** What a device got, without user and time. */
    private static List<String> got(List<Arrived> arrived) {
        return arrived.stream()
                .filter(one -> !one.topic().contains("/mark/"))
                .map(one ->
                        one.topic().replaceFirst("^u/[^/]+/", "").replaceFirst("/[0-9]{13}$", "") + " " + one.text())
                .toList();
    }

    private static void untilGot(List<Arrived> arrived, String... what) {
        await().atMost(SOON).untilAsserted(() -> assertThat(got(arrived)).containsExactly(what));
    }

    @Test
    void edit_overMqtt_reachesBothSides_andHistory() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect().subscribe();
                Device3 bob = new Device3(broker, "bob", "phone").connect().subscribe()) {
            phone.send("d/bob", "helo");
            phone.publish("u/alice/call/message.edit", "{\"conv\":\"d/bob\",\"seq\":1,\"body\":\"hello\"}", "k");
            phone.publish("u/alice/call/message.edit", "{\"conv\":\"d/bob\",\"seq\":1,\"body\":\"hello\"}", "k");

            untilGot(bob.arrived, "in/d/alice/alice/1 helo", "ev/d/alice/edit/alice/2 {\"seq\":1,\"body\":\"hello\"}");
            await().atMost(SOON).until(() -> got(phone.arrived).size() == 2);
            assertThat(got(phone.arrived).get(0)).startsWith("reply/message.edit {\"seq\":2,\"ts\":");
            assertThat(got(phone.arrived).get(0)).isEqualTo(got(phone.arrived).get(1));
            String history = alice.call("history", "{\"conv\":\"d/bob\"}").body();
            assertThat(history).contains("\"body\":\"hello\",\"edited\":").doesNotContain("helo\"");
        }
    }

    @Test
    void delete_reachesWhoIsHere_andHistoryKeepsThePlace() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect().subscribe();
                Device3 bob = new Device3(broker, "bob", "phone").connect().subscribe()) {
            phone.send("d/bob", "one");
            phone.send("d/bob", "two");
            deleteForAll(1, 9);

            untilGot(
                    bob.arrived,
                    "in/d/alice/alice/1 one",
                    "in/d/alice/alice/2 two",
                    "ev/d/alice/delete/alice/3 {\"seqs\":[[1,2]]}");
            untilGot(phone.arrived, "ev/d/bob/delete/alice/3 {\"seqs\":[[1,2]]}");
            assertThat(HttpCaller.of(broker, "bob")
                            .call("history", "{\"conv\":\"d/alice\",\"limit\":2,\"before\":3}")
                            .body())
                    .contains("\"seq\":1", "\"seq\":2", "\"deleted\":true")
                    .doesNotContain("one", "two");
            assertThat(HttpCaller.of(broker, "bob")
                            .call("inbox", "{}")
                            .json()
                            .at("/conversations/0/unread")
                            .asInt(0))
                    .isZero();
        }
    }

    @Test
    void hundredDeletedWhileAway_costLessThanAKilobyte_alsoAfterARestart() throws Exception {
        Device5 phone = new Device5(broker, "alice", "phone").connect();
        try (Device5 absent = new Device5(broker, "bob", "phone").connect().subscribe();
                Device3 absent3 = new Device3(broker, "bob", "old").connect().subscribe();
                Device5 laptop = new Device5(broker, "bob", "laptop").connect().subscribe()) {
            laptop.disconnect();
            for (int i = 1; i <= 100; i++) {
                phone.send("d/bob", "secret " + i);
            }
            await().atMost(SOON).until(() -> absent.arrived.size() == 100 && absent3.arrived.size() == 100);
            absent.disconnect();
            absent3.disconnect();
            deleteForAll(1, 100);
            broker.restart();
            absent.arrived.clear();
            absent3.arrived.clear();
            try (Relay relay = new Relay(broker.mqttPort())) {
                RawDevice raw = new RawDevice(broker, "bob", "laptop");
                assertThat(raw.connect(relay.port())).isTrue();
                List<String> topics = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    Delivery delivery = raw.next().orElseThrow();
                    topics.add(delivery.topic().replaceFirst("/[0-9]{13}$", "") + " "
                            + delivery.payload().asUtf8());
                    raw.acknowledge(delivery);
                }
                assertThat(topics)
                        .containsExactly(
                                "u/bob/gap/d/alice {\"from\":1,\"to\":100}",
                                "u/bob/ev/d/alice/delete/alice/101 {\"seqs\":[[1,100]]}");
                assertThat(relay.bytesToClients()).isLessThan(1_024);
                raw.disconnect();
            }
            absent.connect();
            absent3.connect();
            untilGot(absent.arrived, "ev/d/alice/delete/alice/101 {\"seqs\":[[1,100]]}");
            untilGot(absent3.arrived, "ev/d/alice/delete/alice/101 {\"seqs\":[[1,100]]}");
        }
    }

    @Test
    void deletedWhileQueuedOnALiveDevice_doesNotComeAnyMore() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect();
                RawDevice bob = new RawDevice(broker, "bob", "phone")) {
            bob.connect();
            bob.subscribe();
            for (int i = 1; i <= 90; i++) {
                phone.send("d/bob", "secret " + i);
            }
            List<Delivery> window = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                window.add(bob.next().orElseThrow());
            }
            ok(alice.call("message.edit", "{\"conv\":\"d/bob\",\"seq\":90,\"body\":\"open\"}"));
            deleteForAll(1, 89);
            window.forEach(bob::acknowledge);
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Delivery delivery = bob.next().orElseThrow();
                rest.add(delivery.topic().replaceFirst("/[0-9]{13}$", "") + " "
                        + delivery.payload().asUtf8());
                bob.acknowledge(delivery);
            }
            assertThat(rest)
                    .containsExactly(
                            "u/bob/gap/d/alice {\"from\":33,\"to\":89}",
                            "u/bob/in/d/alice/alice/90 open",
                            "u/bob/ev/d/alice/edit/alice/91 {\"seq\":90,\"body\":\"open\"}",
                            "u/bob/ev/d/alice/delete/alice/92 {\"seqs\":[[1,89]]}");
        }
    }

    @Test
    void deletedWhileUnacknowledged_isAGapOnTheNextConnection_alsoAfterARestart() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect()) {
            RawDevice bob = new RawDevice(broker, "bob", "phone");
            bob.connect();
            bob.subscribe();
            phone.send("d/bob", "secret");
            assertThat(bob.next().orElseThrow().payload().asUtf8()).isEqualTo("secret");
            bob.close();
            deleteForAll(1, 1);
            for (boolean restarted : new boolean[] {false, true}) {
                if (restarted) {
                    broker.restart();
                }
                bob = new RawDevice(broker, "bob", "phone");
                assertThat(bob.connect()).isTrue();
                Optional<Delivery> first = bob.next();
                assertThat(first.orElseThrow().topic()).isEqualTo("u/bob/gap/d/alice");
                assertThat(bob.next().orElseThrow().topic()).startsWith("u/bob/ev/d/alice/delete/alice/2/");
                bob.close();
            }
        }
    }

    @Test
    void deletedForMe_isGoneForMyDevices_andOthersKeepIt() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device3 bobs = new Device3(broker, "bob", "old").connect().subscribe();
                RawDevice away = new RawDevice(broker, "bob", "laptop")) {
            away.connect();
            away.subscribe();
            away.disconnect();
            for (int i = 1; i <= 3; i++) {
                phone.send("d/bob", "m" + i);
            }
            await().atMost(SOON).until(() -> bob.arrived.size() == 3 && bobs.arrived.size() == 3);
            bob.arrived.clear();
            bobs.arrived.clear();
            bob.publish("u/bob/call/message.delete", "{\"conv\":\"d/alice\",\"seqs\":[[1,2]],\"for\":\"me\"}", null);
            untilGot(bobs.arrived, "mine/d/alice {\"hidden\":[[1,2]]}");
            untilGot(bob.arrived, "reply/message.delete {\"deleted\":2,\"seq\":3}");
            away.connect();
            assertThat(away.next().orElseThrow().payload().asUtf8()).isEqualTo("{\"from\":1,\"to\":2}");
            assertThat(away.next().orElseThrow().payload().asUtf8()).isEqualTo("m3");
            HttpCaller http = HttpCaller.of(broker, "bob");
            assertThat(http.call("history", "{\"conv\":\"d/alice\"}").body())
                    .contains("m3")
                    .doesNotContain("m1", "m2", "deleted");
            assertThat(http.call("inbox", "{}")
                            .json()
                            .at("/conversations/0/unread")
                            .asInt())
                    .isEqualTo(1);
            assertThat(alice.call("history", "{\"conv\":\"d/bob\"}").body()).contains("m1", "m2", "m3");
        }
    }

    @Test
    void refusals_sayWhoMayAndUntilWhen() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect()) {
            phone.send("d/bob", "mine");
            HttpCaller bob = HttpCaller.of(broker, "bob");
            String edit = "{\"conv\":\"d/alice\",\"seq\":1,\"body\":\"x\"}";
            assertThat(bob.call("message.edit", edit).error()).isEqualTo("not-allowed");
            assertThat(bob.call("message.delete", "{\"conv\":\"d/alice\",\"seqs\":[[1,1]],\"for\":\"all\"}")
                            .error())
                    .isEqualTo("not-allowed");
            assertThat(alice.call("message.edit", "{\"conv\":\"d/bob\",\"seq\":2,\"body\":\"x\"}")
                            .error())
                    .isEqualTo("not-found");
            assertThat(HttpCaller.of(broker, "carol")
                            .call("message.delete", "{\"conv\":\"g/team\",\"seqs\":[[1,1]],\"for\":\"all\"}")
                            .error())
                    .isEqualTo("not-member");
            assertThat(alice.call(
                                    "message.edit",
                                    "{\"conv\":\"d/bob\",\"seq\":1,\"body\":\"%s\"}".formatted("x".repeat(65_537)))
                            .error())
                    .isEqualTo("too-large");
        }
    }
}
