package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several {@code mosquitto_pub -c -q 1 -l}, MQTT 3.1.1, each connected and waiting for its one line: the key is the last
 * topic level, and a {@code mosquitto_pub} has one topic.
 */
final class MosquittoPubSender implements Sender {
    private static final int BATCH = 4;

    /** Three batches and one more; each is a durable device, of which a user has at most 16. */
    private static final int PROCESSES = 3 * BATCH + 1;

    private final List<Process> processes = new ArrayList<>();
    private int published;

    MosquittoPubSender(Reachable broker, int port) throws IOException {
        for (int i = 0; i < PROCESSES; i++) {
            String topic = "u/" + user() + "/out/d/bob/key-" + i;
            processes.add(MosquittoClients.start(broker, port, "mosquitto_pub", user(), "p" + i, "-t", topic, "-l"));
        }
        HttpCaller anybody = new HttpCaller(broker, null);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(anybody.admin("/metrics").body())
                        .containsPattern("waggle_connections " + PROCESSES + "\\.0"));
    }

    @Override
    public String user() {
        return "mosquitto";
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Override
    public void publish(String text) throws IOException {
        try (BufferedWriter in = processes.get(published++).outputWriter()) {
            in.write(text + "\n");
        }
    }

    /** A process ends when its line is acknowledged. */
    @Override
    public int unacknowledged() {
        List<Process> busy = processes.subList(0, published);
        assertThat(busy).filteredOn(process -> !process.isAlive()).allMatch(process -> process.exitValue() == 0);
        return (int) busy.stream().filter(Process::isAlive).count();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
