package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people talk over a stock MQTT 5 client; devices that were away get what they missed; nothing is stored twice. */
class ConversationIT {
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

    private static void untilGot(Device5 device, String... texts) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Arrived.texts(device.arrived)).containsExactly(texts));
    }

    @Test
    void send_toPeer_arrivesWithSeqInTopicAndAcknowledgement() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            Device5.Sent first = alice.send("d/bob", "hello");
            Device5.Sent second = alice.send("d/bob", "again");
            assertThat(first.reasonCode()).isZero();
            assertThat(first.seq()).isEqualTo(1);
            assertThat(second.seq()).isEqualTo(2);
            untilGot(bob, "hello", "again");
            assertThat(bob.arrived.get(0).topic()).startsWith("u/bob/in/d/alice/alice/1/");
            assertThat(Arrived.texts(alice.arrived)).isEmpty();
        }
    }

    @Test
    void secondDevice_seesWhatTheFirstSentAndGot() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bobPhone = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 bobLaptop =
                        new Device5(broker, "bob", "laptop").connect().subscribe()) {
            alice.send("d/bob", "hello");
            untilGot(bobPhone, "hello");
            bobPhone.send("d/alice", "hi");
            untilGot(bobLaptop, "hello", "hi");
            untilGot(alice, "hi");
        }
    }

    @Test
    void awayDevice_returns_getsEverythingWithoutSubscribing() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            bob.disconnect();
            for (int i = 1; i <= 100; i++) {
                alice.send("d/bob", "m" + i);
            }
            bob.connect();
            assertThat(bob.sessionPresent()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).hasSize(100));
            assertThat(Arrived.texts(bob.arrived).get(99)).isEqualTo("m100");
        }
    }

    @Test
    void restart_keepsSessionsFiltersAndMessages() throws Exception {
        Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
        Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
        bob.disconnect();
        alice.send("d/bob", "before");
        broker.restart();
        alice.connect();
        assertThat(alice.sessionPresent()).isTrue();
        assertThat(alice.send("d/bob", "after").seq()).isEqualTo(2);
        bob.connect();
        assertThat(bob.sessionPresent()).isTrue();
        untilGot(bob, "before", "after");
        alice.close();
        bob.close();
    }

    @Test
    void sameKeyAgain_isStoredOnceAndAnsweredAlike() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect().subscribe();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            assertThat(alice.send("d/bob", "once", "key-1").seq()).isEqualTo(1);
            assertThat(alice.send("d/bob", "once", "key-1").seq()).isEqualTo(1);
            Device5.Sent other = alice.send("d/bob", "other", "key-1");
            assertThat(other.reasonCode()).isEqualTo(0x83);
            alice.send("d/bob", "end");
            untilGot(bob, "once", "end");
        }
    }
}
