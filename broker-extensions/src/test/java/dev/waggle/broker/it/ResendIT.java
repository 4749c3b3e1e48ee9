package dev.waggle.broker.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stock Java libraries send again after a {@code kill -9} is stored once. */
class ResendIT {
    @TempDir
    Path folder;

    @Test
    void kill_withPublishesUnacknowledged_librariesResendThem_storedOnce() throws Exception {
        try (KillUnderSenders kill = new KillUnderSenders(folder)) {
            kill.add(new Paho5Sender(kill.broker, kill.relay.port()));
            kill.add(new Paho3Sender(kill.broker, kill.relay.port()));
            kill.add(new HiveMqSender(kill.broker, kill.relay.port()));
            kill.run();
        }
    }
}
