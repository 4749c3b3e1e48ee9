package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is blocked goes on talking, and nothing of it comes through: on live devices, on those that return, in groups. */
class BlockIT {
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

    private static void untilLast(Device5 device, String text) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Arrived.texts(device.arrived)).last().isEqualTo(text));
    }

    private static List<String> gaps(Device5 device) {
        return device.arrived.stream()
                .filter(one -> one.topic().contains("/gap/"))
                .map(Arrived::text)
                .toList();
    }

    @Test
    void liveDevice_getsNothingOfTheBlocked_untilUnblocked() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect()) {
            alice.send("d/bob", "hello");
            untilLast(bob, "hello");
            assertThat(call("bob", "block", "{\"user\":\"alice\"}").status()).isEqualTo(200);

            assertThat(alice.send("d/bob", "psst").reasonCode()).isZero();
            carol.send("d/bob", "from carol");
            untilLast(bob, "from carol");
            assertThat(Arrived.texts(bob.arrived)).containsExactly("hello", "from carol");
            assertThat(gaps(bob)).containsExactly("{\"from\":2,\"to\":2}");

            assertThat(call("bob", "unblock", "{\"user\":\"alice\"}").body()).contains("\"blocked\":[]");
            alice.send("d/bob", "again");
            untilLast(bob, "again");
            assertThat(call("bob", "history", "{\"conv\":\"d/alice\"}").body())
                    .contains("hello", "again")
                    .doesNotContain("psst");
        }
    }

    @Test
    void deviceThatWasAway_getsNothingThatWaited_alsoAfterARestart() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect()) {
            bob.disconnect();
            for (int i = 0; i < 40; i++) {
                alice.send("d/bob", "m" + i);
            }
            carol.send("d/bob", "from carol");
            call("bob", "block", "{\"user\":\"alice\"}");
            alice.disconnect();
            broker.restart();

            bob.connect();

            untilLast(bob, "from carol");
            assertThat(Arrived.texts(bob.arrived)).containsExactly("from carol");
            assertThat(gaps(bob)).containsExactly("{\"from\":1,\"to\":40}");
        }
    }

    @Test
    void group_hidesTheBlockedFromTheBlocker_andTheirMarks() throws Exception {
        call("carol", "group.create", "{\"group\":\"team\",\"members\":[\"alice\",\"bob\"]}");
        call("bob", "block", "{\"user\":\"alice\"}");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect().subscribe()) {
            alice.send("g/team", "hello");
            carol.send("g/team", "hi");
            alice.publish("u/alice/read/g/team", "3", null);
            untilLast(bob, "hi");
            untilLast(alice, "hi");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(carol.arrived)
                            .anyMatch(one ->
                                    one.topic().contains("/mark/") && one.text().contains("\"alice\":[3,3]")));
            assertThat(Arrived.texts(bob.arrived)).containsExactly("hi");
            assertThat(bob.arrived)
                    .noneMatch(
                            one -> one.topic().contains("/mark/") && one.text().contains("alice"));
        }
    }

    @Test
    void settings_areAsked_andChangedOneByOne() throws Exception {
        assertThat(call("bob", "me.settings", "{}").body())
                .isEqualTo("{\"receipts\":true,\"presence\":true,\"lastSeen\":true,\"blocked\":[]}");
        assertThat(call("bob", "me.settings", "{\"receipts\":false}").body()).contains("\"receipts\":false");
        assertThat(call("bob", "me.settings", "{\"presence\":\"yes\"}").error()).isEqualTo("bad-request");
        assertThat(call("bob", "block", "{\"user\":\"bob\"}").error()).isEqualTo("bad-request");
        broker.restart();
        assertThat(call("bob", "me.settings", "{}").body()).contains("\"receipts\":false");
    }

    private HttpCaller.Answer call(String user, String method, String json) throws Exception {
        return HttpCaller.of(broker, user).call(method, json);
    }
}
