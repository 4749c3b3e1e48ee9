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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A removal, a ban and a dissolution reach what is queued: on a live connection, for a device away, after a restart. */
class GroupRevocationIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** What the contract allows: packets on the wire, at most a window. */
    private static final int WINDOW = 32;

    @TempDir
    Path data;

    private TestBroker broker;

    enum End {
        REMOVE("group.remove", ",\"users\":[\"bob\"]", "{\"removed\":[\"bob\"]}"),
        BAN("group.ban", ",\"user\":\"bob\"", "{\"removed\":[\"bob\"],\"banned\":[\"bob\"]}"),
        DISSOLVE("group.delete", "", "{\"dissolved\":true}");

        private final String method;
        private final String fields;
        private final String event;

        End(String method, String fields, String event) {
            this.method = method;
            this.fields = fields;
            this.event = event;
        }

        long by(GroupDevice owner) throws Exception {
            return owner.done(method, "{\"group\":\"team\"" + fields + "}")
                    .path("seq")
                    .asLong();
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(data);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** A group of olga and bob, and a hundred messages in it. */
    private static void fill(GroupDevice olga) throws Exception {
        olga.done("group.create", "{\"group\":\"team\",\"members\":[\"bob\"]}");
    }

    private static void talk(GroupDevice olga) throws Exception {
        for (int i = 1; i <= 100; i++) {
            assertThat(olga.device.send("g/team", "secret " + i).reasonCode()).isZero();
        }
    }

    /** The device is connected, has a full window unacknowledged and more behind it. */
    @ParameterizedTest
    @EnumSource
    void liveDevice_withAFullQueue_getsOnlyTheWindowThenAGapAndTheEvent(End end) throws Exception {
        try (GroupDevice olga = new GroupDevice(broker, "olga");
                RawDevice bob = new RawDevice(broker, "bob", "phone")) {
            bob.connect();
            bob.subscribe();
            fill(olga);
            talk(olga);
            List<Delivery> window = new ArrayList<>();
            for (int i = 0; i < WINDOW; i++) {
                window.add(bob.next().orElseThrow());
            }
            long seq = end.by(olga);
            window.forEach(bob::acknowledge);

            Delivery gap = acknowledged(bob);
            Delivery event = acknowledged(bob);
            assertThat(gap.topic()).isEqualTo("u/bob/gap/g/team");
            assertThat(gap.payload().asUtf8()).isEqualTo("{\"from\":%d,\"to\":%d}".formatted(WINDOW + 1, seq - 1));
            assertThat(event.topic()).startsWith("u/bob/ev/g/team/member/olga/" + seq + "/");
            assertThat(event.payload().asUtf8()).isEqualTo(end.event);
            assertThat(olga.device.send("d/bob", "end").reasonCode()).isZero();
            assertThat(acknowledged(bob).topic()).startsWith("u/bob/in/d/olga/");
        }
    }

    private static Delivery acknowledged(RawDevice device) {
        Optional<Delivery> next = device.next();
        device.acknowledge(next.orElseThrow());
        return next.orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void liveDevice_hearsNothingOfWhatIsSaidLater_withinASecond(End end) throws Exception {
        try (GroupDevice olga = new GroupDevice(broker, "olga");
                GroupDevice bob = new GroupDevice(broker, "bob")) {
            fill(olga);
            olga.device.send("g/team", "for both");
            assertThat(bob.heard("team", 2)).hasSize(2);
            long seq = end.by(olga);
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> bob.heard("team").contains("member " + seq + " " + end.event));
            int after = olga.device.send("g/team", "later").reasonCode();
            assertThat(after).isEqualTo(end == End.DISSOLVE ? 0x87 : 0);
            olga.device.send("d/bob", "end");
            await().atMost(SOON).until(() -> Arrived.texts(bob.device.arrived).contains("end"));
            assertThat(bob.heard("team")).hasSize(3);
            assertThat(bob.device.send("g/team", "let me in").reasonCode()).isEqualTo(0x87);
            assertThat(bob.refusal("history", "{\"conv\":\"g/team\"}")).isEqualTo("not-member");
            assertThat(bob.refusal("group.info", "{\"group\":\"team\"}")).isEqualTo("not-member");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceAway_getsAGapAndTheEvent(End end) throws Exception {
        away(end, false);
    }

    @ParameterizedTest
    @EnumSource
    void deviceAway_acrossARestart_getsAGapAndTheEvent(End end) throws Exception {
        away(end, true);
    }

    private void away(End end, boolean restart) throws Exception {
        GroupDevice bob = new GroupDevice(broker, "bob");
        GroupDevice olga = new GroupDevice(broker, "olga");
        fill(olga);
        assertThat(bob.heard("team", 1)).hasSize(1);
        bob.device.disconnect();
        bob.device.arrived.clear();
        talk(olga);
        long seq = end.by(olga);
        if (restart) {
            olga.close();
            broker.restart();
            olga = new GroupDevice(broker, "olga");
        }
        bob.device.connect();
        assertThat(bob.device.sessionPresent()).isTrue();
        olga.device.send("d/bob", "end");
        await().atMost(SOON).until(() -> Arrived.texts(bob.device.arrived).contains("end"));
        assertThat(bob.heard("team"))
                .containsExactly("gap {\"from\":2,\"to\":" + (seq - 1) + "}", "member " + seq + " " + end.event);
        assertThat(olga.refusal("group.create", "{\"group\":\"team\"}")).isEqualTo("exists");
        bob.close();
        olga.close();
    }
}
