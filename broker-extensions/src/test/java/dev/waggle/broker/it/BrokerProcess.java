package dev.waggle.broker.it;

import dev.waggle.broker.Endpoints;
import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.wiring.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code waggle start} in a process of its own, which can be killed. Its log lies beside its data directory. */
final class BrokerProcess implements Reachable, AutoCloseable {
    private static final Pattern READY = Pattern.compile(
            "waggle ready mqtt=%1$s ws=%1$s http=%1$s admin=%1$s .*".formatted("127\\.0\\.0\\.1:([0-9]+)"));
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private final Path folder;
    private Endpoints endpoints = new Endpoints(ANY_PORT, ANY_PORT, ANY_PORT, ANY_PORT);
    private Process process;

    /** Starts one on free ports. */
    BrokerProcess(Path folder) throws IOException {
        this.folder = folder;
        start();
    }

    /** Starts it again, on the same data and the same ports; returns when it takes connections. */
    void start() throws IOException {
        process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new AssertionError("the broker did not start; its log:\n" + Files.readString(log()));
        }
        endpoints = new Endpoints(endpoint(ready, 1), endpoint(ready, 2), endpoint(ready, 3), endpoint(ready, 4));
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1", // it lives for seconds only
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--data",
                data().toString(),
                "--mqtt-port",
                String.valueOf(endpoints.mqtt().port()),
                "--ws-port",
                String.valueOf(endpoints.ws().port()),
                "--http-port",
                String.valueOf(endpoints.http().port()),
                "--admin-port",
                String.valueOf(endpoints.admin().port()));
    }

    private static Endpoint endpoint(Matcher ready, int group) {
        return new Endpoint("127.0.0.1", Integer.parseInt(ready.group(group)));
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new AssertionError("the broker did not end after SIGTERM");
        }
        return process.exitValue();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
