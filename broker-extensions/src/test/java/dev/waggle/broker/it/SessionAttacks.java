package dev.waggle.broker.it;

import static dev.waggle.broker.it.TokenAttacks.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.waggle.broker.it.Attacker.Said;
import dev.waggle.spec.message.Actor.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.DynamicTest;

/** Other people's client ids and sessions, and wills. The broker's rule: {@code open/${user}/#} for users. */
final class SessionAttacks {
    private static final int DEVICES = 4;

    private final Reachable broker;

    SessionAttacks(Reachable broker) {
        this.broker = broker;
    }

    /** Somebody's phone, connected, then away while a message for it waits; attacks must change neither. */
    private interface Attempt {
        void run(String clientId) throws Exception;
    }

    private DynamicTest takeover(String name, String victim, Attempt attempt) {
        return dynamicTest(name, () -> {
            try (Device5 phone = new Device5(broker, victim, "phone").connect().subscribe();
                    Device5 sender = new Device5(broker, "sender", victim).connect(true, 0)) {
                attempt.run(victim + ".phone");
                assertThat(phone.connected()).isTrue();
                assertThat(phone.disconnects).isEmpty();

                phone.disconnect();
                sender.send("d/" + victim, "waits");
                attempt.run(victim + ".phone");
                assertThat(phone.connect().sessionPresent()).isTrue();
                await().untilAsserted(() ->
                        assertThat(phone.arrived).extracting(Arrived::text).contains("waits"));
            }
        });
    }

    Stream<DynamicTest> takeovers() {
        String mallory = broker.token("mallory", "phone");
        return Stream.of(
                takeover(
                        "T-20 another user's token, to continue the session",
                        "ann",
                        id -> assertAnswered(broker, id, mallory, 0x85, 2)),
                takeover(
                        "T-21 another user's token, to end the session",
                        "ben",
                        id -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of(id, mallory).flags(ConnectBytes.CLEAN)))
                                .isEqualTo(Said.connack(0x85))),
                takeover(
                        "T-22 no good token, to end the session",
                        "cas",
                        id -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of(id, "secret").flags(ConnectBytes.CLEAN)))
                                .isEqualTo(Said.connack(0x87))),
                takeover(
                        "T-20 the user's own token for another device",
                        "dan",
                        id -> assertAnswered(broker, id, broker.token("dan", "tablet"), 0x85, 2)),
                takeover(
                        "T-20 another user's token, the victim's user name",
                        "eli",
                        id -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of(id, mallory).userName("eli")))
                                .isEqualTo(Said.connack(0x85))),
                takeover(
                        "T-20 another user's token by enhanced authentication",
                        "fox",
                        id -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of(id, mallory).method("OAUTH2-JWT")))
                                .isEqualTo(Said.connack(0x85))));
    }

    Stream<DynamicTest> clientIds() {
        Stream<DynamicTest> ids = Stream.of(
                        "",
                        "alice",
                        "alice.",
                        ".d",
                        "alice.a/b",
                        "alice/a",
                        "alice.+",
                        "alice.#",
                        "+.d",
                        "#",
                        "$SYS.d",
                        "alice.${user}",
                        "\uFEFFalice.d",
                        "ALICE.d",
                        "alice\uFF0Ed",
                        "alic\u0065\u0301.d",
                        "bob.d",
                        "alice.d ",
                        " alice.d",
                        "alice.d.d",
                        "alice." + "d".repeat(65_000))
                .map(id -> dynamicTest(
                        "T-24, T-26 client id '" + (id.length() > 99 ? "of 65 kB" : id.strip()) + "'",
                        () -> assertAnswered(broker, id, broker.token("alice", "d"), 0x85, 2)));
        Stream<DynamicTest> userNames = Stream.of(
                        "bob", "alic", "ALICE", "+", "#", "alice/", "${user}", "a".repeat(65_000))
                .map(name -> dynamicTest(
                        "T-24 user name '" + (name.length() > 99 ? "of 65 kB" : name) + "'",
                        () -> assertThat(Attacker.knock(
                                        broker,
                                        ConnectBytes.of("alice.d", broker.token("alice", "d"))
                                                .userName(name)))
                                .isEqualTo(Said.connack(0x85))));
        Stream<DynamicTest> others = Stream.of(
                dynamicTest(
                        "T-24 client id with a line break",
                        () -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of("alice.d\n", broker.token("alice", "d"))))
                                .isIn(Said.connack(0x81), Said.connack(0x85), Said.CLOSED)),
                dynamicTest(
                        "T-24 client id with NUL is malformed (MQTT 5 §1.5.4)",
                        () -> assertThat(Attacker.knock(
                                        broker, ConnectBytes.of("alice.d\0", broker.token("alice", "d"))))
                                .isIn(Said.connack(0x81), Said.connack(0x85), Said.CLOSED)),
                dynamicTest("T-25 no user name, where a rule speaks of the user", () -> {
                    try (Attacker alice = Attacker.in(broker, "alice", "d")) {
                        assertThat(alice.says(Attacker.publish("open/alice/x", 1, 1, 0))
                                        .codes()
                                        .get(0))
                                .isLessThan(0x80);
                        assertThat(alice.says(Attacker.publish("open/bob/x", 1, 2, 0)))
                                .isEqualTo(Said.of(Attacker.PUBACK, 0x87));
                    }
                }),
                dynamicTest("T-27 one token, more and more durable devices", () -> {
                    for (int i = 0; i <= DEVICES; i++) {
                        String clientId = "many.d" + i;
                        assertThat(Attacker.knock(
                                        broker,
                                        ConnectBytes.of(clientId, broker.token("many", "d" + i))
                                                .properties(new byte[] {0x11, 0, 0, 0x0E, 0x10})))
                                .isEqualTo(Said.connack(i < DEVICES ? 0 : 0x97));
                    }
                }));
        return Stream.of(ids, userNames, others).flatMap(rows -> rows);
    }

    private ConnectBytes eve() {
        return ConnectBytes.of("eve.d", broker.token("eve", "d")).flags(ConnectBytes.CLEAN);
    }

    private DynamicTest will(String name, String topic, int code) {
        return dynamicTest(
                "T-30 will " + name,
                () -> assertThat(Attacker.knock(broker, eve().will(topic))).isEqualTo(Said.connack(code)));
    }

    Stream<DynamicTest> wills() {
        return Stream.of(
                will("in another's inbox", "u/bob/in/d/eve/eve/1/1", 0x90),
                will("in one's own outbox", "u/eve/out/d/bob", 0x90),
                will("to where only another may publish", "open/bob/x", 0x87),
                will("to $SYS", "$SYS/x", 0x87),
                will("to $CONTROL", "$CONTROL/dynamic-security/v1", 0x87),
                will("to $share", "$share/g/u/bob", 0x87),
                will("to a filter", "open/eve/#", 0x90),
                will("to a filter with +", "open/+/x", 0x90),
                dynamicTest(
                        "T-52 will with a property that is none (CVE-2023-3592)",
                        () -> assertThat(Attacker.knock(
                                        broker, eve().will("open/eve/x").willProperties(new byte[] {0x11, 0, 0, 0, 1})))
                                .isIn(Said.connack(0x81), Said.connack(0x82), Said.CLOSED)),
                dynamicTest(
                        "T-23 wills of refused CONNECTs are not sent, that of one who was in is", this::refusedWills));
    }

    private void refusedWills() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        MqttAsyncClient watcher = new MqttAsyncClient(broker.mqtt(), "watcher.d", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setPassword(broker.token("watcher", "d", Role.SERVICE, Duration.ofMinutes(5))
                .getBytes(StandardCharsets.US_ASCII));
        watcher.connect(options).waitForCompletion(10_000);
        watcher.setCallback(new Heard(seen));
        watcher.subscribe("open/#", 1).waitForCompletion(10_000);

        assertThat(Attacker.knock(
                        broker,
                        ConnectBytes.of("bob.d", broker.token("eve", "d")).will("open/eve/foreign")))
                .isEqualTo(Said.connack(0x85));
        assertThat(Attacker.knock(broker, ConnectBytes.of("eve.d", "secret").will("open/eve/bad")))
                .isEqualTo(Said.connack(0x87));
        assertThat(Attacker.knock(broker, eve().will("open/eve/gone"))).isEqualTo(Said.connack(0));
        await().untilAsserted(() -> assertThat(seen).containsExactly("open/eve/gone"));
        watcher.disconnect().waitForCompletion(10_000);
        watcher.close();
    }
}
