package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.wiring.WaggleLauncher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of {@code waggle user} about connections, against a whole broker. */
class UserConnectionsIT {
    @TempDir
    private Path folder;

    @Test
    void user_fromSessionsToEnable() throws Exception {
        Shell shell = new Shell(folder);
        shell.clock = Clock.systemUTC();
        RunningBroker broker = new WaggleLauncher().start(WaggleConfig.onFreePorts(folder.resolve("data")));
        try {
            String admin = broker.endpoints().admin().toString();
            Mqtt5BlockingClient phone = Mqtt5Client.builder()
                    .identifier("bob.phone")
                    .serverHost("127.0.0.1")
                    .serverPort(broker.endpoints().mqtt().port())
                    .buildBlocking();
            assertThat(shell.run("token", "bob", "--data", "data")).isZero();
            phone.connectWith()
                    .simpleAuth()
                    .username("bob")
                    .password(shell.out().strip().getBytes(StandardCharsets.US_ASCII))
                    .applySimpleAuth()
                    .send();

            assertThat(run(shell, "sessions", admin)).matches("bob\\.phone 127\\.0\\.0\\.1 since \\S+Z until \\S+Z");
            assertThat(run(shell, "disable", admin)).isEqualTo("bob disabled");
            assertThat(run(shell, "enable", admin)).isEqualTo("bob enabled");
            assertThat(run(shell, "kick", admin)).matches("ended [01] connections? of bob");
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
    }

    private static String run(Shell shell, String command, String admin) {
        assertThat(shell.run("user", command, "bob", "--admin", admin, "--data", "data"))
                .as(shell.err())
                .isZero();
        return shell.out().strip();
    }
}
