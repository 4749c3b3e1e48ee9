package dev.waggle.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A launcher, a data directory and a configuration: what a broker can be started from, killed and started again.
 *
 * @param launcher the {@code waggle} script of a checkout
 * @param files where its configuration file and its log are written
 * @param data the data directory
 * @param configuration lines of YAML
 * @param javaOptions given to the JVM after the launcher's own
 */
public record WaggleFolder(Path launcher, Path files, Path data, List<String> configuration, List<String> javaOptions) {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Pattern READY = Pattern.compile(
            "waggle ready mqtt=127\\.0\\.0\\.1:(\\d+) ws=\\S+ http=127\\.0\\.0\\.1:(\\d+) admin=127\\.0\\.0\\.1:(\\d+) "
                    + "data=.* in ([0-9.]+) s");

    /** @param seconds the start-up time that the program itself prints */
    public record Ready(int mqtt, int http, int admin, double seconds) {}

    /** A started broker. */
    public record Running(BrokerProcess process, Ready ready) {}

    /** One line of {@code waggle token --count}. */
    public record Account(String user, String device, String token) {}

    /** Sends are not limited, so that the broker is measured and not its limit. */
    public static List<String> unlimited() {
        return List.of(
                "limits:",
                "  sends:",
                "    rate: 1000000",
                "    burst: 1000000",
                "  service:",
                "    sends:",
                "      rate: 1000000",
                "      burst: 1000000",
                "  calls:",
                "    rate: 1000000",
                "    burst: 1000000",
                "  connects:",
                "    rate: 1000000");
    }

    /** The same with its data in another place. */
    public WaggleFolder at(Path otherData) {
        return new WaggleFolder(launcher, files, otherData, configuration, javaOptions);
    }

    /** The same with other options for the JVM. */
    public WaggleFolder with(List<String> otherOptions) {
        return new WaggleFolder(launcher, files, data, configuration, otherOptions);
    }

    /** The launcher of the checkout that holds the working directory. */
    public static Path findLauncher() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("waggle"))) {
                return at.resolve("waggle");
            }
        }
        throw new IllegalStateException("no file 'waggle' here or above; name it with --waggle");
    }

    /** Starts the program and waits for its line. */
    public Running start(int mqttPort) {
        BrokerProcess process = launch(mqttPort, List.of());
        return new Running(process, awaitReady(process));
    }

    /**
     * Starts the program and does not wait.
     *
     * @param wrapper words put before the command, for example a tracer and its options
     */
    public BrokerProcess launch(int mqttPort, List<String> wrapper) {
        Path file = writeConfiguration();
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(launcher.toString(), "start", "--config", file.toString(), "--data", data.toString()));
        command.addAll(List.of("--mqtt-port", Integer.toString(mqttPort)));
        command.addAll(List.of("--ws-port", "0", "--http-port", "0", "--admin-port", "0"));
        return BrokerProcess.start(command, home(), environment(), log());
    }

    /** Waits for the line that says the program takes connections. */
    public Ready awaitReady(BrokerProcess process) {
        Waiting.until("waggle's ready line, see " + log(), START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("waggle start ended with " + process.exitCode() + ", see " + log());
            }
            return READY.matcher(process.output()).find();
        });
        Matcher line = READY.matcher(process.output());
        if (!line.find()) {
            throw new IllegalStateException("no ready line in: " + process.output());
        }
        return new Ready(
                Integer.parseInt(line.group(1)),
                Integer.parseInt(line.group(2)),
                Integer.parseInt(line.group(3)),
                Double.parseDouble(line.group(4)));
    }

    /** Users {@code u0 … u{count-1}}, device {@code d}, with tokens for a day. */
    public List<Account> accounts(int count) {
        return accounts(count, "u");
    }

    public List<Account> accounts(int count, String prefix) {
        List<String> lines = run(List.of(
                "token",
                "--count",
                Integer.toString(count),
                "--prefix",
                prefix,
                "--ttl",
                "24h",
                "--data",
                data.toString()));
        List<Account> accounts = new ArrayList<>(count);
        for (String line : lines) {
            String[] words = line.trim().split("\\s+");
            if (words.length == 3) {
                accounts.add(new Account(words[0], words[1], words[2]));
            }
        }
        if (accounts.size() != count) {
            throw new IllegalStateException("asked for " + count + " tokens, got " + accounts.size());
        }
        return accounts;
    }

    /** A token of one user for one device or, with null, any. */
    public String token(String user) {
        return run(List.of("token", user, "--ttl", "24h", "--data", data.toString()))
                .get(0)
                .trim();
    }

    /** A token of a service, which may write faster and to more people than users do. */
    public String serviceToken(String user) {
        return run(List.of("token", user, "--role", "service", "--ttl", "24h", "--data", data.toString()))
                .get(0)
                .trim();
    }

    private List<String> run(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(words);
        BrokerProcess process = BrokerProcess.start(command, home(), environment(), log());
        // The first use builds.
        if (!process.exited(Duration.ofMinutes(8)) || process.exitCode() != 0) {
            throw new IllegalStateException("waggle " + words.get(0) + " failed, see " + log());
        }
        process.awaitOutput();
        return process.output().lines().toList();
    }

    private Path home() {
        return Objects.requireNonNull(launcher.toAbsolutePath().getParent());
    }

    private Map<String, String> environment() {
        return javaOptions.isEmpty() ? Map.of() : Map.of("WAGGLE_JAVA_OPTS", String.join(" ", javaOptions));
    }

    private Path log() {
        return files.resolve("waggle.log");
    }

    private Path writeConfiguration() {
        try {
            return Files.writeString(files.resolve("waggle.yaml"), String.join("\n", configuration) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
