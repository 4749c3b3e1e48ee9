package dev.waggle.broker.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** MQTT.js in a Node process, MQTT 5 through a WebSocket: the key is the Correlation Data. */
final class MqttJsSender implements Sender {
    private final Process node;
    private final BufferedWriter lines;
    private final AtomicInteger unacknowledged = new AtomicInteger();

    /** @param folder of the script, with the library installed */
    MqttJsSender(Reachable broker, int wsPort, Path folder) throws IOException {
        node = new ProcessBuilder(
                        "node", "sender.mjs", "ws://127.0.0.1:" + wsPort + "/mqtt", user(), broker.token(user(), "d"))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = node.outputWriter();
        BufferedReader answers = node.inputReader();
        String first = answers.readLine();
        if (!"connected".equals(first)) {
            throw new AssertionError("MQTT.js did not connect: " + first);
        }
        Thread reader = new Thread(() -> read(answers), "MQTT.js");
        reader.setDaemon(true);
        reader.start();
    }

    /** A failure stays unacknowledged. */
    private void read(BufferedReader answers) {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith("acknowledged ")) {
                    unacknowledged.decrementAndGet();
                }
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    @Override
    public String user() {
        return "mqttjs";
    }

    @Override
    public void publish(String text) throws IOException {
        unacknowledged.incrementAndGet();
        lines.write(text + "\n");
        lines.flush();
    }

    @Override
    public int unacknowledged() {
        return unacknowledged.get();
    }

    @Override
    public void close() throws Exception {
        lines.close();
        if (!node.waitFor(5, TimeUnit.SECONDS)) {
            node.destroyForcibly();
        }
    }
}
