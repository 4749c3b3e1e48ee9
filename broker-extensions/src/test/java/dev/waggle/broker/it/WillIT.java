package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T-30: a will is sent with the right to it at that time, not only at the CONNECT; those that wait too. */
class WillIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    private TestBroker broker;
    private HttpCaller operator;
    private Device5 watcher;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("w.yaml"), """
                data: data
                listeners: {mqtt: {port: 0}, ws: {port: 0}}
                http: {port: 0}
                admin: {port: 0}
                topics:
                  rules:
                    - user publish gone/${user}
                    - service subscribe gone/#
                """);
        WaggleConfig config = new ConfigReader(folder, Map.of())
                .read(file, Map.of())
                .fold(ConfigReading.Accepted::config, refused -> {
                    throw new AssertionError(refused);
                });
        broker = new TestBroker(config);
        operator = HttpCaller.operator(broker);
        watcher = new Device5(broker, "watcher", "w").asService().connect();
        assertThat(watcher.subscribeTo("gone/#")).isLessThan(0x80);
    }

    @AfterEach
    void stop() throws Exception {
        watcher.close();
        broker.close();
    }

    private Device5 leaver(String user, long delaySeconds) throws Exception {
        return new Device5(broker, user, "d").will("gone/" + user, delaySeconds).connect();
    }

    private List<String> wills() {
        return watcher.arrived.stream().map(Arrived::text).toList();
    }

    private void awaitWill(String user) {
        await().atMost(LONG).untilAsserted(() -> assertThat(wills()).contains(user));
    }

    @Test
    void revokedWhileConnected_noWill_othersStillLeaveTheirs() throws Exception {
        Device5 eve = leaver("eve", 0);
        Device5 ann = leaver("ann", 0);
        assertThat(operator.adminPost("/admin/v1/revocations", "{\"user\":\"eve\"}")
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(eve.disconnects).isNotEmpty());
        ann.cut();
        awaitWill("ann");
        assertThat(wills()).containsExactly("ann");
    }

    @Test
    void kicked_leavesItsWill() throws Exception {
        Device5 ann = leaver("ann", 0);
        operator.adminPost("/admin/v1/sessions/kick", "{\"user\":\"ann\"}");
        await().untilAsserted(() -> assertThat(ann.disconnects).isNotEmpty());
        awaitWill("ann");
    }

    @Test
    void disabledWhileItsWillWaits_noWill_othersStillLeaveTheirs() throws Exception {
        Device5 eve = leaver("eve", 3);
        Device5 ann = leaver("ann", 4);
        eve.cut();
        ann.cut();
        assertThat(operator.adminPost("/admin/v1/users/eve/disable", "{}").status())
                .isEqualTo(200);
        awaitWill("ann");
        assertThat(wills()).containsExactly("ann");
    }
}
