package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.auth.TopicGrant;
import dev.waggle.auth.TopicRule;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.config.WaggleConfig.HostPersistence;
import dev.waggle.spec.message.Actor.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of retained and queued messages of ordinary topics: over a restart, and when their user is disabled. */
class HostPersistenceIT {
    private static final long WAIT_MILLIS = 10_000;

    @TempDir
    Path data;

    private final List<String> queued = new CopyOnWriteArrayList<>();
    private final List<String> retained = new CopyOnWriteArrayList<>();

    private TestBroker broker(HostPersistence persistence) throws Exception {
        TopicRule open = new TopicRule(
                Set.of("user"), TopicGrant.parse("publish|subscribe room/#").get());
        return new TestBroker(
                WaggleConfig.onFreePorts(data).withTopicRules(List.of(open)).withHostPersistence(persistence));
    }

    private static MqttAsyncClient connect(Reachable broker, String user, List<String> heard) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(broker.mqtt(), user + ".d", new MemoryPersistence());
        client.setCallback(new Heard(heard));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
        options.setUserName(user);
        options.setPassword(
                broker.token(user, "d", Role.USER, Duration.ofMinutes(5)).getBytes(StandardCharsets.US_ASCII));
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return client;
    }

    private static void publish(MqttAsyncClient client, String topic, String text, boolean retain) throws Exception {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, retain).waitForCompletion(WAIT_MILLIS);
    }

    /** A retained message and one that waits for a device that is away, then a restart, then a message for all. */
    private void overARestart(HostPersistence persistence) throws Exception {
        try (TestBroker broker = broker(persistence)) {
            MqttAsyncClient away = connect(broker, "away", queued);
            away.subscribe("room/queue", 1).waitForCompletion(WAIT_MILLIS);
            away.disconnect().waitForCompletion(WAIT_MILLIS);
            MqttAsyncClient sender = connect(broker, "sender", new CopyOnWriteArrayList<>());
            publish(sender, "room/queue", "waits", false);
            publish(sender, "room/state", "on", true);
            sender.disconnect().waitForCompletion(WAIT_MILLIS);

            broker.restart();

            connect(broker, "away", queued);
            connect(broker, "late", retained).subscribe("room/state", 1).waitForCompletion(WAIT_MILLIS);
            MqttAsyncClient again = connect(broker, "sender", new CopyOnWriteArrayList<>());
            publish(again, "room/queue", "live", false);
            publish(again, "room/state", "live", false);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(queued).isNotEmpty();
                assertThat(retained).isNotEmpty();
            });
        }
    }

    @Test
    void file_keepsRetainedAndQueuedMessagesOverARestart() throws Exception {
        overARestart(HostPersistence.FILE);

        assertThat(queued).containsExactly("room/queue", "room/queue");
        assertThat(retained).containsExactly("room/state", "room/state");
    }

    @Test
    void memory_losesThem_butNotTheSubscriptions() throws Exception {
        overARestart(HostPersistence.MEMORY);

        assertThat(queued).containsExactly("room/queue");
        assertThat(retained).containsExactly("room/state");
    }

    /** T-31: it is the topic's, not the user's; who has the right to the topic takes it away. */
    @Test
    void retainedMessage_ofAUserWhoIsDisabledLater_staysUntilItIsTakenAway() throws Exception {
        try (TestBroker broker = broker(HostPersistence.MEMORY)) {
            MqttAsyncClient sender = connect(broker, "sender", new CopyOnWriteArrayList<>());
            publish(sender, "room/state", "on", true);
            HttpCaller.operator(broker).adminPost("/admin/v1/users/sender/disable", "");
            MqttAsyncClient other = connect(broker, "other", retained);
            other.subscribe("room/state", 1).waitForCompletion(WAIT_MILLIS);
            await().untilAsserted(() -> assertThat(retained).containsExactly("room/state"));

            publish(other, "room/state", "", true);
            await().untilAsserted(() -> assertThat(retained).hasSize(2));
            MqttAsyncClient late = connect(broker, "late", queued);
            late.subscribe("room/state", 1).waitForCompletion(WAIT_MILLIS);
            publish(other, "room/state", "again", false);
            await().untilAsserted(() -> assertThat(queued).containsExactly("room/state"));
        }
    }
}
