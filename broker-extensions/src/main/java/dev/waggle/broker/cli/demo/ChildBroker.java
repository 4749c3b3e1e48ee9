package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.local.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker in a process of its own, which can be killed. Its log goes to a file in the folder of its data directory. */
final class ChildBroker {

    private static final Pattern READY = Pattern.compile("waggle ready mqtt=127\\.0\\.0\\.1:([0-9]+) .*");
    private static final long END_SECONDS = 15;
    private static final int LAST_LINES = 20;

    private final Process process;
    private final int port;

    private ChildBroker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one and waits until it takes connections.
     *
     * @param self the command line of this program without arguments
     * @param port for MQTT, 0 for any free one
     */
    static ChildBroker start(List<String> self, Path folder, int port) throws CommandFailed, IOException {
        Path log = folder.resolve("broker.log");
        List<String> command = new ArrayList<>(self);
        command.addAll(List.of("start", "--data", folder.resolve("data").toString(), "--bind", "127.0.0.1"));
        command.addAll(List.of("--mqtt-port", String.valueOf(port), "--ws-port", "0"));
        command.addAll(List.of("--http-port", "0", "--admin-port", "0"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new CommandFailed("the broker did not start; the end of its log:\n" + end(log));
        }
        return new ChildBroker(process, Integer.parseInt(ready.group(1)));
    }

    int port() {
        return port;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; true if it ended in time with exit code 0. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
