package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has received and read what, over stock clients: ticks for the sender, unread for the reader's other devices. */
class MarkIT {
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

    private static List<String> marks(List<Arrived> arrived) {
        return arrived.stream()
                .filter(one -> one.topic().contains("/mark/"))
                .map(one -> one.topic().substring(one.topic().indexOf("/mark/") + 6) + " " + one.text())
                .toList();
    }

    private static void untilLast(List<Arrived> arrived, String mark) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(marks(arrived)).last().isEqualTo(mark));
    }

    @Test
    void sender_isToldWhatWasReceived_thenWhatWasRead() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            alice.send("d/bob", "hello");
            untilLast(alice.arrived, "d/bob {\"bob\":[1,0]}");

            assertThat(bob.publish("u/bob/read/d/alice", "1", null).reasonCode())
                    .isZero();
            untilLast(alice.arrived, "d/bob {\"bob\":[1,1]}");
            assertThat(marks(bob.arrived)).isEmpty();
        }
    }

    @Test
    void marks_ofABusyConversation_areAtMostOneASecond_andEndWithTheNewest() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            long began = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                alice.send("d/bob", "m" + i);
            }
            untilLast(alice.arrived, "d/bob {\"bob\":[60,0]}");
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
            assertThat(marks(alice.arrived)).hasSizeLessThanOrEqualTo((int) seconds + 1);
            assertThat(Arrived.texts(bob.arrived)).hasSize(60);
        }
    }

    @Test
    void reading_clearsTheOtherDevices_privateReadingTellsNobodyElse() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 phone = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 laptop = new Device5(broker, "bob", "laptop").connect().subscribe()) {
            for (int i = 0; i < 5; i++) {
                alice.send("d/bob", "m" + i);
            }
            untilLast(alice.arrived, "d/bob {\"bob\":[5,0]}");
            assertThat(unread("bob")).isEqualTo(5);

            phone.publish("u/bob/read/d/alice", "4 private", null);

            untilLast(laptop.arrived, "d/alice {\"bob\":[5,4]}");
            assertThat(unread("bob")).isEqualTo(1);
            phone.publish("u/bob/read/d/alice", "2", null);
            untilLast(alice.arrived, "d/bob {\"bob\":[5,2]}");
            assertThat(marks(phone.arrived)).isEmpty();
            assertThat(unread("bob")).isEqualTo(1);
        }
    }

    @Test
    void deviceThatWasAway_isToldEachChangedConversationOnce_afterItsMessages() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            alice.send("d/bob", "hello");
            alice.send("d/carol", "to nobody there");
            untilLast(alice.arrived, "d/bob {\"bob\":[1,0]}");
            alice.disconnect();
            int before = alice.arrived.size();
            for (int i = 0; i < 3; i++) {
                bob.send("d/alice", "m" + i);
            }
            bob.publish("u/bob/read/d/alice", "1", null);
            bob.publish("u/bob/read/d/alice", "3", null);
            broker.restart();

            alice.connect();

            untilLast(alice.arrived, "d/bob {\"bob\":[3,3]}");
            List<Arrived> since = alice.arrived.subList(before, alice.arrived.size());
            assertThat(Arrived.texts(since)).containsExactly("m0", "m1", "m2");
            assertThat(marks(since)).hasSize(1);
            assertThat(since.get(since.size() - 1).topic()).isEqualTo("u/alice/mark/d/bob");
        }
    }

    @Test
    void deviceThatWasAway_isToldWhatTheUserHasHiddenMeanwhile() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 laptop = new Device5(broker, "bob", "laptop").connect().subscribe()) {
            alice.send("d/bob", "one");
            alice.send("d/bob", "two");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Arrived.texts(laptop.arrived)).hasSize(2));
            laptop.disconnect();
            HttpCaller.of(broker, "bob")
                    .call("message.delete", "{\"conv\":\"d/alice\",\"seqs\":[[1,1]],\"for\":\"me\"}");

            laptop.connect();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(laptop.arrived)
                            .anyMatch(one -> one.topic().equals("u/bob/mine/d/alice")
                                    && one.text().equals("{\"hidden\":[[1,1]]}")));
        }
    }

    @Test
    void mute_isToldToTheOtherDevices_andToOneThatWasAway_alsoAfterARestart() throws Exception {
        try (Device5 phone = new Device5(broker, "bob", "phone").connect().subscribe();
                Device3 old = new Device3(broker, "bob", "old").connect().subscribe();
                Device5 laptop = new Device5(broker, "bob", "laptop").connect().subscribe()) {
            laptop.disconnect();
            String request = "{\"conv\":\"d/alice\",\"until\":253402300799999,\"level\":\"mentions\"}";
            phone.publish("u/bob/call/mute", request, null);
            String mine = "{\"hidden\":[],\"mutedUntil\":253402300799999,\"level\":\"mentions\"}";
            untilMine(old.arrived, mine);
            assertThat(phone.arrived)
                    .noneMatch(one -> one.topic().contains("/mine/"))
                    .anyMatch(one -> one.topic().equals("u/bob/reply/mute")
                            && one.text().equals("{\"mutedUntil\":253402300799999,\"level\":\"mentions\"}"));
            old.publish("call/mute", "{\"conv\":\"g/secret\",\"seconds\":60}");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(old.arrived)
                            .anyMatch(one -> one.topic().equals("u/bob/reply/mute")
                                    && one.text().contains("not-member")));
            broker.restart();
            laptop.connect();
            untilMine(laptop.arrived, mine);
            HttpCaller http = HttpCaller.of(broker, "bob");
            HttpCaller.of(broker, "alice").messages("{\"to\":\"d/bob\",\"body\":\"hello\"}");
            assertThat(http.call("inbox", "{}").body())
                    .contains("\"mutedUntil\":253402300799999,\"level\":\"mentions\"");
            assertThat(http.call("mute", "{\"conv\":\"d/alice\",\"seconds\":0,\"level\":\"all\"}")
                            .body())
                    .isEqualTo("{\"mutedUntil\":0,\"level\":\"all\"}");
            untilMine(laptop.arrived, "{\"hidden\":[]}");
            assertThat(http.call("inbox", "{}").body()).doesNotContain("mutedUntil", "level");
            assertThat(http.call("mute", "{\"conv\":\"d/alice\",\"seconds\":1,\"until\":2}")
                            .error())
                    .isEqualTo("bad-request");
        }
    }

    private static void untilMine(List<Arrived> arrived, String payload) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(arrived)
                        .anyMatch(one -> one.topic().equals("u/bob/mine/d/alice")
                                && one.text().equals(payload)));
    }

    @Test
    void client311_readsAndIsTold_andLearnsWhyAMarkIsRefused() throws Exception {
        try (Device3 alice = new Device3(broker, "alice", "phone").connect().subscribe();
                Device3 bob = new Device3(broker, "bob", "phone").connect().subscribe()) {
            alice.send("d/bob/k1", "hello");
            untilLast(alice.arrived, "d/bob {\"bob\":[1,0]}");
            bob.publish("read/d/alice", "1");
            untilLast(alice.arrived, "d/bob {\"bob\":[1,1]}");

            bob.publish("read/d/alice", "one");
            bob.publish("read/g/secret", "1");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(bob.arrived)
                            .anyMatch(one -> one.topic().equals("u/bob/sent/d/alice/-")
                                    && one.text().contains("bad-request"))
                            .anyMatch(one -> one.topic().equals("u/bob/sent/g/secret/-")
                                    && one.text().contains("not-member")));
        }
    }

    @Test
    void groupMembers_areToldOfEachOther_strangersOfNobody() throws Exception {
        HttpCaller caller = HttpCaller.of(broker, "alice");
        caller.call("group.create", "{\"group\":\"team\",\"members\":[\"bob\",\"carol\"]}");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 dave = new Device5(broker, "dave", "phone").connect().subscribe()) {
            alice.send("g/team", "hello");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).contains("hello"));
            bob.publish("u/bob/read/g/team", "2", null);

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(marks(alice.arrived)).last().asString().contains("\"bob\":[2,2]"));
            assertThat(dave.publish("u/dave/read/g/team", "1", null).reasonCode())
                    .isEqualTo(0x87);
            assertThat(marks(dave.arrived)).isEmpty();
        }
    }

    private int unread(String user) throws Exception {
        JsonNode inbox = HttpCaller.of(broker, user).call("inbox", "{}").json();
        return inbox.path("conversations").path(0).path("unread").asInt(-1);
    }
}
