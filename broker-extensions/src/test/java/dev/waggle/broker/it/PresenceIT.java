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

/** Who is here, for those who share a conversation; and what is never kept. */
class PresenceIT {
    private static final Duration SOON = Duration.ofSeconds(15);

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

    private static List<String> below(Device5 device, String kind) {
        return device.arrived.stream()
                .filter(one -> one.topic().contains("/" + kind + "/"))
                .map(one -> one.topic().substring(one.topic().indexOf(kind)) + " " + one.text())
                .toList();
    }

    private static void untilTold(Device5 device, String kind, String start) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(below(device, kind)).last().asString().startsWith(start));
    }

    @Test
    void watch_showsWhoSharesAConversation_andNobodyElse() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect()) {
            alice.send("d/bob", "hello");
            alice.publish("u/alice/call/presence.watch", "{\"users\":[\"bob\",\"carol\"]}", null);
            untilTold(alice, "reply", "reply/presence.watch {\"users\":[{\"user\":\"bob\",\"state\":\"active\"");
            assertThat(below(alice, "reply")).last().asString().doesNotContain("carol");

            bob.publish("u/bob/state", "away", null);
            untilTold(alice, "presence", "presence/bob {\"state\":\"away\"");
            bob.disconnect();
            untilTold(alice, "presence", "presence/bob {\"state\":\"offline\"");
            carol.publish("u/carol/state", "away", null);
            assertThat(below(alice, "presence")).noneMatch(line -> line.contains("carol"));
        }
    }

    @Test
    void state_thatIsNone_isRefused() throws Exception {
        try (Device5 bob = new Device5(broker, "bob", "phone").connect()) {
            assertThat(bob.publish("u/bob/state", "sleeping", null).reasonCode())
                    .isEqualTo(0x99);
        }
    }

    @Test
    void typing_reachesThoseInTheGroup_notStrangers_notBlockers_notPockets() throws Exception {
        HttpCaller.of(broker, "alice")
                .call("group.create", "{\"group\":\"team\",\"members\":[\"bob\",\"carol\",\"dave\"]}");
        HttpCaller.of(broker, "carol").call("block", "{\"user\":\"alice\"}");
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect().subscribe();
                Device5 dave = new Device5(broker, "dave", "phone").connect().subscribe();
                Device5 eve = new Device5(broker, "eve", "phone").connect().subscribe()) {
            dave.publish("u/dave/state", "background", null);
            eve.publish("u/eve/now/g/team", "let me in", null);
            alice.publish("u/alice/now/g/team", "typing", null);
            alice.publish("u/alice/now/d/bob", "typing to you", null);

            untilTold(bob, "now", "now/d/alice/alice typing to you");
            assertThat(below(bob, "now")).containsExactly("now/g/team/alice typing", "now/d/alice/alice typing to you");
            assertThat(below(carol, "now")).isEmpty();
            assertThat(below(dave, "now")).isEmpty();
            assertThat(below(eve, "now")).isEmpty();
        }
    }
}
