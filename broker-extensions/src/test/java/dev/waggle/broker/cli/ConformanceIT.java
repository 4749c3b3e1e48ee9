package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.embedded.EmbeddedHiveMQ;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.wiring.WaggleLauncher;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code waggle conformance} finds every sentence true of the broker, and hardly any of a host without the chat. */
class ConformanceIT {

    /** What plain MQTT does just as well. */
    private static final Set<String> OF_ANY_BROKER = Set.of("filter-inside", "session-present");

    @TempDir
    private Path folder;

    private Shell shell() {
        Shell shell = new Shell(folder);
        shell.clock = Clock.systemUTC();
        return shell;
    }

    private static List<String> lines(Shell shell, String verdict) {
        return shell.out().lines().filter(line -> line.startsWith(verdict)).toList();
    }

    @Test
    void broker_everySentenceHolds() throws Exception {
        Path data = folder.resolve("data");
        RunningBroker broker = new WaggleLauncher().start(WaggleConfig.onFreePorts(data));
        try {
            Shell shell = shell();
            String port = String.valueOf(broker.endpoints().mqtt().port());
            int exit = shell.run("conformance", "--data", data.toString(), "--port", port, "--wait", "10");
            assertThat(shell.out()).doesNotContain("\nFAIL", "\nSKIPPED");
            assertThat(lines(shell, "PASS")).hasSizeGreaterThan(100);
            assertThat(exit).isZero();
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void listOfTokens_tooShort_skipsTheRest() throws Exception {
        Path data = folder.resolve("data");
        RunningBroker broker = new WaggleLauncher().start(WaggleConfig.onFreePorts(data));
        try {
            Shell shell = shell();
            // Four checks at a time take up to three users each: of nine, one at least has all that it needs.
            assertThat(shell.run("token", "--data", data.toString(), "--count", "9"))
                    .isZero();
            Path tokens = folder.resolve("tokens");
            Files.writeString(tokens, shell.out());
            String port = String.valueOf(broker.endpoints().mqtt().port());
            int exit = shell.run("conformance", "--tokens", tokens.toString(), "--port", port, "--only", "send-");
            assertThat(lines(shell, "FAIL")).isEmpty();
            assertThat(lines(shell, "PASS")).as(shell.out()).isNotEmpty();
            assertThat(lines(shell, "SKIPPED")).isNotEmpty();
            assertThat(exit).isZero();
        } finally {
            broker.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void hostWithoutTheChat_everySentenceThatPlainMqttLacksFails() throws Exception {
        int port = freePort();
        EmbeddedHiveMQ host = host(port);
        host.start().get(60, TimeUnit.SECONDS);
        try {
            Shell shell = shell();
            int exit = shell.run("conformance", "--data", folder.toString(), "--port", "" + port, "--wait", "1");
            assertThat(lines(shell, "PASS").stream()
                            .map(line -> line.split("\\s+")[1])
                            .collect(Collectors.toSet()))
                    .isEqualTo(OF_ANY_BROKER);
            assertThat(lines(shell, "SKIPPED")).isEmpty();
            assertThat(exit).isEqualTo(1);
        } finally {
            host.stop().get(60, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedHiveMQ host(int port) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), """
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                  </listeners>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>in-memory</mode></persistence>
                </hivemq>
                """.formatted(port));
        return EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(folder.resolve("host")))
                .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                .build();
    }
}
