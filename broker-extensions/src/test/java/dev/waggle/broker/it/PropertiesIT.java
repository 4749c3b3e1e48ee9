package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.waggle.broker.it.Device5.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What travels with a message: mentions, priority, expiry; for users that differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropertiesIT {
    private static final int BAD_REQUEST = 0x83;

    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private static MqttProperties user(String... namesAndValues) {
        MqttProperties properties = new MqttProperties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.getUserProperties().add(new UserProperty(namesAndValues[i], namesAndValues[i + 1]));
        }
        return properties;
    }

    private static MqttProperties expiringIn(long seconds) {
        MqttProperties properties = new MqttProperties();
        properties.setMessageExpiryInterval(seconds);
        return properties;
    }

    /** The properties of the one message that arrived. */
    private static MqttProperties of(Device5 device) {
        await().until(() -> !Arrived.texts(device.arrived).isEmpty());
        return device.properties.get(device.arrived.stream()
                .map(Arrived::topic)
                .filter(topic -> topic.contains("/in/"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void mentions_overMqttAndHttp_reachTheReceiver() throws Exception {
        try (Device5 alice = new Device5(broker, "alice", "phone").connect();
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe();
                Device5 carol = new Device5(broker, "carol", "phone").connect().subscribe()) {
            alice.publishWith("u/alice/out/d/bob", "look", user("mention", "bob", "mention", "nobody"));
            assertThat(of(bob).getUserProperties())
                    .extracting(UserProperty::getKey, UserProperty::getValue)
                    .containsExactly(tuple("mention", "bob"), tuple("mention", "nobody"));
            HttpCaller.of(broker, "alice")
                    .messages("{\"to\":\"d/carol\",\"body\":\"look\",\"mention\":[\"carol\"],"
                            + "\"contentType\":\"text/plain\",\"ttl\":600}");
            assertThat(of(carol).getUserProperties())
                    .extracting(UserProperty::getKey, UserProperty::getValue)
                    .containsExactly(tuple("mention", "carol"));
            assertThat(of(carol).getContentType()).isEqualTo("text/plain");
            assertThat(of(carol).getMessageExpiryInterval()).isBetween(590L, 600L);
        }
    }

    @Test
    void mention_thatIsNoUserId_isRefused_andNothingStored() throws Exception {
        try (Device5 ann = new Device5(broker, "ann", "phone").connect()) {
            Sent refused = ann.publishWith("u/ann/out/d/ben", "look", user("mention", "b+n"));
            assertThat(refused.reasonCode()).isEqualTo(BAD_REQUEST);
            assertThat(refused.reason()).contains("mention");
            assertThat(ann.send("d/ben", "fine").seq()).isEqualTo(1);
        }
    }

    @Test
    void priority_ofAUser_isLeftOut_ofAService_travels() throws Exception {
        try (Device5 dan = new Device5(broker, "dan", "phone").connect();
                Device5 service =
                        new Device5(broker, "alarm", "box").asService().connect();
                Device5 eve = new Device5(broker, "eve", "phone").connect().subscribe();
                Device5 finn = new Device5(broker, "finn", "phone").connect().subscribe()) {
            assertThat(dan.publishWith("u/dan/out/d/eve", "now!", user("prio", "high", "other", "stays"))
                            .reasonCode())
                    .isZero();
            assertThat(of(eve).getUserProperties())
                    .extracting(UserProperty::getKey)
                    .containsExactly("other");
            service.publishWith("u/alarm/out/d/finn", "now!", user("prio", "high"));
            assertThat(of(finn).getUserProperties())
                    .extracting(UserProperty::getKey)
                    .containsExactly("prio");
        }
    }

    @Test
    void expired_isAGapOnAReturningDevice_theRestTellsWhatIsLeft() throws Exception {
        Device5 hal = new Device5(broker, "hal", "phone").connect().subscribe().disconnect();
        try (Device5 gil = new Device5(broker, "gil", "phone").connect()) {
            gil.publishWith("u/gil/out/d/hal", "short", expiringIn(1));
            gil.publishWith("u/gil/out/d/hal", "shorter", expiringIn(1));
            long sent = System.nanoTime();
            gil.publishWith("u/gil/out/d/hal", "long", expiringIn(100));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent) > 2_200);
            assertThat(HttpCaller.of(broker, "hal").history("d/gil"))
                    .extracting(HttpCaller.Line::body)
                    .containsExactly("long");
        }
        try (Device5 back = hal.connect()) {
            assertThat(of(back).getMessageExpiryInterval()).isBetween(80L, 98L);
            assertThat(Arrived.texts(back.arrived)).isEqualTo(List.of("long"));
            assertThat(back.arrived.get(0)).satisfies(gap -> {
                assertThat(gap.topic()).isEqualTo("u/hal/gap/d/gil");
                assertThat(gap.text()).isEqualTo("{\"from\":1,\"to\":2}");
            });
        }
    }
}
