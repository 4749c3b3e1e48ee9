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

/** From the commit of a removal on, the removed get nothing more of the group, neither later nor waiting messages. */
class RemovalIT {
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

    /** A group of alice and bob. */
    private HttpCaller group() throws Exception {
        HttpCaller alice = HttpCaller.of(broker, "alice");
        assertThat(alice.call("group.create", "{\"group\":\"team\",\"members\":[\"bob\"]}")
                        .status())
                .isEqualTo(200);
        return alice;
    }

    private static void remove(HttpCaller alice) throws Exception {
        assertThat(alice.call("group.remove", "{\"group\":\"team\",\"users\":[\"bob\"]}")
                        .status())
                .isEqualTo(200);
    }

    /** Topics of the group as bob sees them, without user, time and author. */
    private static List<String> ofTheGroup(Device5 bob) {
        return bob.arrived.stream()
                .map(Arrived::topic)
                .filter(topic -> topic.contains("/g/team"))
                .map(topic -> topic.replaceFirst("u/bob/", "").replaceFirst("alice/([0-9]+)/[0-9]+$", "$1"))
                .toList();
    }

    private static void untilGotDirect(Device5 bob, String text) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).contains(text));
    }

    @Test
    void removedWhileAway_withHundredWaiting_getsAGapThenTheEventAndNothingElse() throws Exception {
        HttpCaller http = group();
        try (Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            await().atMost(SOON).until(() -> !ofTheGroup(bob).isEmpty());
            bob.disconnect();
            bob.arrived.clear();
            for (int i = 1; i <= 100; i++) {
                assertThat(alice.send("g/team", "secret " + i).seq()).isEqualTo(i + 1);
            }
            remove(http);
            alice.send("g/team", "after");
            bob.connect();
            assertThat(bob.sessionPresent()).isTrue();
            assertThat(alice.send("d/bob", "end").reasonCode()).isZero();
            untilGotDirect(bob, "end");
            assertThat(ofTheGroup(bob)).containsExactly("gap/g/team", "ev/g/team/member/102");
            assertThat(bob.arrived.get(0).text()).isEqualTo("{\"from\":2,\"to\":101}");
            assertThat(bob.arrived.get(1).text()).isEqualTo("{\"removed\":[\"bob\"]}");
            assertThat(Arrived.texts(bob.arrived)).containsExactly("end");
        }
    }

    @Test
    void removedWhileAway_restartBeforeTheReturn_isTheSame() throws Exception {
        HttpCaller http = group();
        Device5 alice = new Device5(broker, "alice", "phone").connect();
        try (Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            await().atMost(SOON).until(() -> !ofTheGroup(bob).isEmpty());
            bob.disconnect();
            bob.arrived.clear();
            alice.send("g/team", "secret");
            remove(http);
            broker.restart();
            bob.connect();
            await().atMost(SOON).until(() -> bob.arrived.size() >= 2);
            assertThat(ofTheGroup(bob)).containsExactly("gap/g/team", "ev/g/team/member/3");
        }
    }

    @Test
    void removedWhileHere_getsTheEventAndNothingLater_historyEndsThere() throws Exception {
        HttpCaller http = group();
        try (Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            alice.send("g/team", "for all");
            untilGotDirect(bob, "for all");
            remove(http);
            for (int i = 1; i <= 20; i++) {
                alice.send("g/team", "after " + i);
            }
            alice.send("d/bob", "end");
            untilGotDirect(bob, "end");
            assertThat(ofTheGroup(bob)).containsExactly("ev/g/team/member/1", "in/g/team/2", "ev/g/team/member/3");
            assertThat(Arrived.texts(bob.arrived)).containsExactly("for all", "end");
            assertThat(bob.send("g/team", "let me in").reasonCode()).isEqualTo(0x87);
            assertThat(HttpCaller.of(broker, "bob")
                            .call("history", "{\"conv\":\"g/team\"}")
                            .error())
                    .isEqualTo("not-member");
        }
    }
}
