package dev.waggle.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.config.WaggleConfig.LogFormat;
import dev.waggle.broker.inbound.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir
    private Path folder;

    @Test
    void read_withNothing_givesTheDefaults() {
        WaggleConfig config = accepted(Map.of(), Map.of()).config();
        assertThat(config.data()).isEqualTo(folder.resolve("data"));
        assertThat(config.listeners()).isEqualTo(new WaggleConfig.Listeners("127.0.0.1", 1883, 8000));
        assertThat(config.http().bind()).isEqualTo("127.0.0.1");
        assertThat(config.http().corsOrigins()).isEmpty();
        assertThat(config.limits().sends()).isEqualTo(new RateLimit(20, 100));
        assertThat(config.limits().contract()).isEqualTo(dev.waggle.spec.Limits.defaults());
    }

    @Test
    void read_flagOverEnvironmentOverFile_theNearestWins() throws IOException {
        Path file = file("listeners:\n  mqtt: {port: 1}\n  ws: {port: 2}\nhttp:\n  port: 3\n");
        ConfigReading.Accepted reading = accepted(
                file, Map.of("WAGGLE_LISTENERS_WS_PORT", "20", "WAGGLE_HTTP_PORT", "30"), Map.of("http.port", "300"));
        assertThat(reading.config().listeners().mqttPort()).isEqualTo(1);
        assertThat(reading.config().listeners().wsPort()).isEqualTo(20);
        assertThat(reading.config().http().port()).isEqualTo(300);
    }

    @Test
    void read_relativeData_isRelativeToWhoSaidIt() throws IOException {
        Path nested = Files.createDirectory(folder.resolve("conf"));
        Path file = Files.writeString(nested.resolve("w.yaml"), "data: ../store\n");
        assertThat(accepted(file, Map.of(), Map.of()).config().data()).isEqualTo(folder.resolve("store"));
        assertThat(accepted(file, Map.of("WAGGLE_DATA", "env"), Map.of())
                        .config()
                        .data())
                .isEqualTo(folder.resolve("env"));
        assertThat(accepted(file, Map.of(), Map.of("data", "flag")).config().data())
                .isEqualTo(folder.resolve("flag"));
    }

    @Test
    void read_manyProblems_tellsAllWithKeyAndWhatIsAllowed() throws IOException {
        Path file = file("""
                listeners:
                  mqtt: {port: 70000}
                limits:
                  sends: {rate: fast}
                  session: {expiry: 31}
                logging: {format: xml}
                httpp: {port: 1}
                """);
        List<Problem> problems = refused(file, Map.of("WAGGLE_HTTP_PLAIN", "yes"), Map.of());
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "listeners.mqtt.port",
                        "limits.sends.rate",
                        "limits.session.expiry",
                        "logging.format",
                        "httpp.port",
                        "http.plain");
        assertThat(problems.get(0).toString()).contains("70000", file.toString(), "0…65535");
        assertThat(problems.get(3).allowed()).isEqualTo("text or json");
        assertThat(problems.get(4).allowed()).contains("http.port");
        assertThat(problems.get(5).toString()).contains("WAGGLE_HTTP_PLAIN", "true or false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listeners: 3                                   | listeners
            limits: {sends: {rate: [1, 2]}}                | limits.sends.rate
            data: ''                                       | data
            listeners: {bind: example.org}                 | listeners.bind
            listeners: {bind: 300.1.1.1}                   | listeners.bind
            limits: {sends: {burst: 0}}                    | limits.sends.burst
            limits: {sends: {rate: 0}}                     | limits.sends.rate
            limits: {dedupe: {messages: 91d}}              | limits.dedupe.messages
            limits: {packet: {bytes: 5000}}                | limits.packet.bytes
            limits: {inbox: {entries: 20}}                 | limits.inbox.unseenEntries
            http: {bind: 0.0.0.0}                          | http.bind
            http: {port: 1883}                             | listeners.mqtt.port
            http: {cors: {origins: [https://a.b, ftp://c]}}| http.cors.origins
            """)
    void read_badValue_namesItsKey(String yaml, String key) throws IOException {
        assertThat(refused(file(yaml), Map.of(), Map.of()))
                .extracting(Problem::key)
                .containsExactly(key);
    }

    @Test
    void read_repeatedKey_isAProblem() throws IOException {
        assertThat(refused(file("data: a\ndata: b\n"), Map.of(), Map.of()))
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .contains("line 2");
    }

    @Test
    void read_missingFile_isAProblem() {
        assertThat(refused(folder.resolve("none.yaml"), Map.of(), Map.of()))
                .singleElement()
                .extracting(Problem::key)
                .asString()
                .endsWith("none.yaml");
    }

    @Test
    void read_emptyFile_isFine() throws IOException {
        assertThat(accepted(file("# nothing\n"), Map.of(), Map.of()).warnings()).isEmpty();
    }

    @Test
    void read_unknownVariable_isAWarning() {
        assertThat(accepted(Map.of("WAGGLE_PORT_1883_TCP", "tcp://10.0.0.1:1883", "PATH", "/bin"), Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("WAGGLE_PORT_1883_TCP");
    }

    @Test
    void read_launcherVariable_isNoSetting() {
        assertThat(accepted(Map.of("WAGGLE_JAVA_OPTS", "-Xmx1g"), Map.of()).warnings())
                .isEmpty();
    }

    @Test
    void read_beyondLoopback_isAWarningForEachDoor() {
        assertThat(accepted(
                                Map.of("WAGGLE_HTTP_PLAIN", "true", "WAGGLE_ADMIN_BIND", "0.0.0.0"),
                                Map.of("listeners.bind", "0.0.0.0"))
                        .warnings())
                .hasSize(3)
                .anyMatch(warning -> warning.startsWith("listeners.bind"))
                .anyMatch(warning -> warning.startsWith("http.plain"))
                .anyMatch(warning -> warning.startsWith("admin.bind"));
    }

    @Test
    void read_httpOnLoopbackWhileMqttIsNot_isAllowed() {
        WaggleConfig config = accepted(Map.of("WAGGLE_HTTP_BIND", "127.0.0.1"), Map.of("listeners.bind", "0.0.0.0"))
                .config();
        assertThat(config.http().bind()).isEqualTo("127.0.0.1");
        assertThat(config.listeners().bind()).isEqualTo("0.0.0.0");
    }

    @Test
    void read_listsAndSpans_takeTheirForms() {
        WaggleConfig config = accepted(
                        Map.of(
                                "WAGGLE_HTTP_CORS_ORIGINS",
                                "https://a.example, https://b.example:8443",
                                "WAGGLE_LIMITS_DEDUPE_MESSAGES",
                                "36h",
                                "WAGGLE_LIMITS_SENDS_RATE",
                                "1_000.5",
                                "WAGGLE_USERS_UNKNOWN",
                                "refuse",
                                "WAGGLE_LIMITS_CONVERSATIONS_PERDAY",
                                "7",
                                "WAGGLE_LOGGING_FORMAT",
                                "json"),
                        Map.of())
                .config();
        assertThat(config.http().corsOrigins()).containsExactly("https://a.example", "https://b.example:8443");
        assertThat(config.limits().contract().keyWindow()).isEqualTo(Duration.ofHours(36));
        assertThat(config.limits().contract().refuseUnknown()).isTrue();
        assertThat(config.limits().contract().conversationsPerDay()).isEqualTo(7);
        assertThat(config.limits().sends().perSecond()).isEqualTo(1000.5);
        assertThat(config.logFormat()).isEqualTo(LogFormat.JSON);
    }

    @Test
    void secret_printed_isRedacted() {
        assertThat(new Secret("hunter2").toString()).isEqualTo("[REDACTED]");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("w.yaml"), yaml);
    }

    private ConfigReading.Accepted accepted(Map<String, String> environment, Map<String, String> flags) {
        return accepted(null, environment, flags);
    }

    private ConfigReading.Accepted accepted(Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigReading reading = new ConfigReader(folder, environment).read(file, flags);
        assertThat(reading).isInstanceOf(ConfigReading.Accepted.class);
        return (ConfigReading.Accepted) reading;
    }

    private List<Problem> refused(Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigReading reading = new ConfigReader(folder, environment).read(file, flags);
        assertThat(reading).isInstanceOf(ConfigReading.Refused.class);
        return ((ConfigReading.Refused) reading).problems();
    }
}
