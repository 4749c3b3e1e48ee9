package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.wiring.Main;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code waggle chat} in a process of its own: lines go in, lines come out. */
final class ChatProcess implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Process process;
    private final BufferedWriter in;

    ChatProcess(Reachable broker, String user, String conversation, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "chat",
                "--data",
                broker.data().toString(),
                "--as",
                user,
                "--to",
                conversation));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter();
        BufferedReader out = process.inputReader();
        Thread reader = new Thread(() -> out.lines().forEach(printed::add), "chat of " + user);
        reader.setDaemon(true);
        reader.start();
    }

    ChatProcess type(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return this;
    }

    /** Waits for a line that matches. */
    void showsLike(String pattern) {
        await().atMost(LONG).untilAsserted(() -> assertThat(printed).anyMatch(line -> line.matches(pattern)));
    }

    /** Waits for a line that ends so. */
    void shows(String end) {
        await().atMost(LONG).untilAsserted(() -> assertThat(printed).anyMatch(line -> line.endsWith(end)));
    }

    List<String> printed() {
        return List.copyOf(printed);
    }

    /** Ends the input; the exit code. */
    int end() throws IOException, InterruptedException {
        in.close();
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
