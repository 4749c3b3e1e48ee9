package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection ends when its token does, also one that only listens (T-50). */
class TokenExpiryIT {

    @TempDir
    Path data;

    @Test
    void tokenEnds_silentSubscriber_disconnectedWithinFiveSeconds() throws Exception {
        Duration lifetime = Duration.ofSeconds(4);
        try (TestBroker broker = new TestBroker(data);
                Device5 ivy = new Device5(broker, "ivy", "phone")
                        .with(() -> broker.token("ivy", "phone", lifetime))
                        .connect()
                        .subscribe()) {
            await().atMost(lifetime.plusSeconds(1 + 5))
                    .untilAsserted(() -> assertThat(ivy.disconnects).containsExactly(0xA0));
        }
    }
}
