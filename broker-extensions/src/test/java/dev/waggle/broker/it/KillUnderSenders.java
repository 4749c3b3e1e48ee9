package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program is killed while some publishes are acknowledged, some are stored but their acknowledgements were lost, and
 * some did not even arrive. It comes back, and so do the senders, by themselves: each message is stored once.
 */
final class KillUnderSenders implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(40);

    final BrokerProcess broker;
    final Relay relay;

    /** The same for WebSockets. */
    final Relay wsRelay;

    private final List<Sender> senders = new ArrayList<>();
    private final Map<Sender, List<String>> published = new HashMap<>();

    KillUnderSenders(Path folder) throws IOException {
        broker = new BrokerProcess(folder);
        relay = new Relay(broker.mqttPort());
        wsRelay = new Relay(broker.endpoints().ws().port());
    }

    void add(Sender sender) {
        senders.add(sender);
        published.put(sender, new ArrayList<>());
    }

    void run() throws Exception {
        publish("heard");
        for (Sender sender : senders) {
            untilUnacknowledged(sender, 0);
        }
        relay.loseAnswers();
        wsRelay.loseAnswers();
        publish("unheard");
        for (Sender sender : senders) {
            await().atMost(LONG).untilAsserted(() -> assertThat(stored(sender)).hasSize(2 * sender.batch()));
            untilUnacknowledged(sender, sender.batch());
        }
        relay.loseRequests();
        wsRelay.loseRequests();
        publish("lost");
        for (Sender sender : senders) {
            untilUnacknowledged(sender, 2 * sender.batch());
            assertThat(stored(sender)).hasSize(2 * sender.batch());
        }
        broker.kill();
        relay.loseNothing();
        wsRelay.loseNothing();
        broker.start();
        for (Sender sender : senders) {
            untilUnacknowledged(sender, 0);
            sender.publish("last");
            published.get(sender).add("last");
            untilUnacknowledged(sender, 0);
            if (sender.keepsOrder()) {
                assertThat(stored(sender)).as(sender.user()).isEqualTo(published.get(sender));
            } else {
                assertThat(stored(sender)).as(sender.user()).containsExactlyInAnyOrderElementsOf(published.get(sender));
            }
        }
    }

    private void publish(String name) throws Exception {
        for (Sender sender : senders) {
            for (int i = 0; i < sender.batch(); i++) {
                String text = name + "-" + i;
                sender.publish(text);
                published.get(sender).add(text);
            }
        }
    }

    private static void untilUnacknowledged(Sender sender, int count) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(sender.unacknowledged()).as(sender.user()).isEqualTo(count));
    }

    /** In the order of the log. */
    private List<String> stored(Sender sender) throws Exception {
        return HttpCaller.of(broker, "bob").history("d/" + sender.user()).stream()
                .map(HttpCaller.Line::body)
                .toList();
    }

    @Override
    public void close() throws Exception {
        for (Sender sender : senders) {
            sender.close();
        }
        relay.close();
        wsRelay.close();
        broker.close();
    }
}
