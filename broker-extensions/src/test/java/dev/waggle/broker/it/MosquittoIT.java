package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs from elsewhere while the broker is killed: Debian's mosquitto clients, and MQTT.js through WebSockets. Only in
 * the Maven profile {@code mosquitto}, which installs the latter.
 */
@Tag("mosquitto")
class MosquittoIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void kill_withPublishesUnacknowledged_programsResendThem_storedOnce() throws Exception {
        Path mqttJs = Path.of(System.getProperty("waggle.mqttjs"));
        try (KillUnderSenders kill = new KillUnderSenders(folder)) {
            kill.add(new MosquittoPubSender(kill.broker, kill.relay.port()));
            kill.add(new MqttJsSender(kill.broker, kill.wsRelay.port(), mqttJs));
            kill.run();
        }
    }

    @Test
    void kill_underAStreamOfLines_nothingAcknowledgedIsLost_subscriberGetsAllInOrder() throws Exception {
        List<String> lines =
                IntStream.rangeClosed(1, 3_000).mapToObj(i -> "line " + i).toList();
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            Process subscriber = MosquittoClients.start(
                    broker, broker.mqttPort(), "mosquitto_sub", "bob", "phone", "-t", "u/bob/#", "-v");
            ConcurrentLinkedQueue<String> printed = printed(subscriber);
            Process publisher = MosquittoClients.start(
                    broker, broker.mqttPort(), "mosquitto_pub", "alice", "phone", "-t", "u/alice/out/d/bob", "-l");
            try {
                feed(publisher, lines.subList(0, 2_000));
                await().atMost(LONG).until(() -> printed.size() >= 500);
                broker.kill();
                broker.start();
                feed(publisher, lines.subList(2_000, 3_000));
                publisher.outputWriter().close();
                assertThat(publisher.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(publisher.exitValue()).isZero();

                List<HttpCaller.Line> log = HttpCaller.of(broker, "bob").history("d/alice");
                // A stream has no keys: what was sent again may be there twice.
                assertThat(new LinkedHashSet<>(
                                log.stream().map(HttpCaller.Line::body).toList()))
                        .containsExactlyElementsOf(lines);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(bySeq(printed)).hasSize(log.size()));
                assertThat(bySeq(printed).values())
                        .containsExactlyElementsOf(
                                log.stream().map(HttpCaller.Line::body).toList());
            } finally {
                publisher.destroyForcibly();
                subscriber.destroyForcibly();
            }
        }
    }

    private static void feed(Process publisher, List<String> lines) throws IOException {
        BufferedWriter in = publisher.outputWriter();
        for (String line : lines) {
            in.write(line + "\n");
        }
        in.flush();
    }

    private static ConcurrentLinkedQueue<String> printed(Process subscriber) {
        ConcurrentLinkedQueue<String> printed = new ConcurrentLinkedQueue<>();
        BufferedReader out = subscriber.inputReader();
        Thread reader = new Thread(() -> out.lines().forEach(printed::add), "mosquitto_sub");
        reader.setDaemon(true);
        reader.start();
        return printed;
    }

    /** Bodies in the order of their first arrival; what came again is known by its number. */
    private static Map<Long, String> bySeq(Iterable<String> printed) {
        Map<Long, String> bodies = new LinkedHashMap<>();
        for (String line : printed) {
            int blank = line.indexOf(' ');
            String[] levels = line.substring(0, blank).split("/");
            bodies.putIfAbsent(Long.parseLong(levels[6]), line.substring(blank + 1));
        }
        return bodies;
    }
}
