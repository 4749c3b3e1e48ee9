package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same talk through WebSockets at {@code /mqtt}, also between the two doors. */
class WebSocketIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path data;

    @Test
    void conversation_overWebSocket_isTheSameAsOverTcp() throws Exception {
        try (TestBroker broker = new TestBroker(data);
                Device5 alice = new Device5(broker, "alice", "browser").overWebSocket();
                Device5 bob = new Device5(broker, "bob", "phone")) {
            alice.connect().subscribe();
            bob.connect().subscribe();
            assertThat(alice.send("d/bob", "from the browser", "key-1").seq()).isEqualTo(1);
            assertThat(alice.send("d/bob", "from the browser", "key-1").seq()).isEqualTo(1);
            bob.send("d/alice", "from the phone");
            alice.disconnect();
            bob.send("d/alice", "while the browser was closed");
            alice.connect();
            assertThat(alice.sessionPresent()).isTrue();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(Arrived.texts(bob.arrived)).containsExactly("from the browser");
                assertThat(Arrived.texts(alice.arrived))
                        .containsExactly("from the phone", "while the browser was closed");
            });
        }
    }

    @Test
    void bigMessage_overWebSocket_arrivesWhole() throws Exception {
        String big = "0123456789abcdef".repeat(4096);
        try (TestBroker broker = new TestBroker(data);
                Device5 alice = new Device5(broker, "alice", "browser").overWebSocket();
                Device5 bob = new Device5(broker, "bob", "browser").overWebSocket()) {
            alice.connect();
            bob.connect().subscribe();
            assertThat(alice.send("d/bob", big).seq()).isEqualTo(1);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).containsExactly(big));
        }
    }
}
