package dev.waggle.broker.it;

import static dev.waggle.broker.it.Attacker.DISCONNECT;
import static dev.waggle.broker.it.Attacker.PUBACK;
import static dev.waggle.broker.it.Attacker.PUBCOMP;
import static dev.waggle.broker.it.Attacker.PUBREC;
import static dev.waggle.broker.it.Attacker.SUBACK;
import static dev.waggle.broker.it.Attacker.publish;
import static dev.waggle.broker.it.Attacker.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Body;
import dev.waggle.broker.it.Attacker.Said;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Filters and topics outside the rights of mallory, who has {@code u/mallory/#} and {@code open/mallory/#}. */
final class TopicAttacks {
    private final Reachable broker;

    TopicAttacks(Reachable broker) {
        this.broker = broker;
    }

    private Attacker mallory() {
        return Attacker.in(broker, "mallory", "d");
    }

    private static String shown(String topic) {
        return topic.length() > 99 ? topic.substring(0, 20) + "… of " + topic.length() : topic;
    }

    Stream<DynamicTest> filters() {
        Stream<DynamicTest> wide = Stream.of(
                        "#",
                        "/#",
                        "+",
                        "+/#",
                        "+/mallory/#",
                        "+/+/in/#",
                        "u/#",
                        "u/+/#",
                        "u/+/in/#",
                        "u/bob/#",
                        "u/bob",
                        "u/bob/in/d/alice",
                        "u/mallory",
                        "u",
                        "u/",
                        "u//#",
                        "/u/mallory/#",
                        "U/mallory/#",
                        "u/Mallory/#",
                        "u/mallory\u200b/#",
                        "u/${user}/#",
                        "open/#",
                        "open/+/x",
                        "open/bob/#",
                        "$SYS/#",
                        "$SYS",
                        "$/#",
                        "$CONTROL/#",
                        "$queue/u/bob/#",
                        "$share/g/u/bob/#",
                        "$share/g/u/mallory/#",
                        "$share/g/open/#",
                        "$share/g/#",
                        "$SHARE/g/u/bob/#",
                        "/".repeat(300),
                        "+/".repeat(200) + "#",
                        "a".repeat(65_535))
                .map(filter -> dynamicTest("T-33, T-34, T-39 SUBSCRIBE " + shown(filter), () -> {
                    try (Attacker mallory = mallory()) {
                        assertThat(mallory.says(subscribe(filter)))
                                .isIn(
                                        Said.of(SUBACK, 0x87),
                                        Said.of(SUBACK, 0x8F),
                                        Said.of(SUBACK, 0x9E),
                                        Said.end(0x8F));
                    }
                }));
        Stream<DynamicTest> malformed = Stream.of(
                        "",
                        "u/mallory/#/x",
                        "u/mallory/x#",
                        "u/mallory/+x",
                        "$share/g",
                        "$share/g/",
                        "$share//u/mallory/#",
                        "$share/+/u/mallory/#",
                        "$share/#/u/mallory/#",
                        "$share",
                        "u/mallory/\0")
                .map(filter -> dynamicTest("T-33, T-39 SUBSCRIBE '" + filter.replace('\0', '0') + "'", () -> {
                    try (Attacker mallory = mallory()) {
                        Said said = mallory.says(subscribe(filter));
                        assertThat(said.codes()).allMatch(code -> code >= 0x80);
                    }
                }));
        return Stream.of(wide, malformed, Stream.of(many(), unsubscribe())).flatMap(rows -> rows);
    }

    private DynamicTest many() {
        return dynamicTest("T-35 each filter of a SUBSCRIBE is decided by itself", () -> {
            try (Attacker mallory = mallory()) {
                assertThat(mallory.says(subscribe("u/mallory/#", "#", "u/bob/#", "open/mallory/#", "$share/g/#")))
                        .isEqualTo(Said.of(SUBACK, 1, 0x87, 0x87, 1, 0x87));
            }
        });
    }

    private DynamicTest unsubscribe() {
        return dynamicTest("T-33 UNSUBSCRIBE of filters that are shared, foreign, or none", () -> {
            try (Attacker mallory = mallory();
                    Attacker bob = Attacker.in(broker, "bob", "d")) {
                assertThat(bob.says(subscribe("u/bob/#"))).isEqualTo(Said.of(SUBACK, 1));
                mallory.says(new ClientBytes(true)
                        .unsubscribe(3, List.of("$share/g/u/bob/#", "u/bob/#", "u/mallory/#", "#")));
                assertThat(mallory.says(publish("u/mallory/out/d/bob", 1, 4, 0)))
                        .isEqualTo(Said.of(PUBACK, 0));
                assertThat(bob.hears().type()).isEqualTo(Attacker.PUBLISH);
            }
        });
    }

    Stream<DynamicTest> topics() {
        Stream<DynamicTest> refused = Stream.of(
                        "u/bob/out/d/mallory",
                        "u/bob/in/d/mallory/mallory/1/1",
                        "u/mallory/in/d/bob/bob/1/1",
                        "u/bob",
                        "u/mallory",
                        "u/mallory/",
                        "u/mallory/out/d/bob/",
                        "u/mallory//out/d/bob",
                        "u//out/d/bob",
                        "u/",
                        "/u/mallory/out/d/bob",
                        "U/mallory/out/d/bob",
                        "u/mallory/OUT/d/bob",
                        "u/mallory/out/d/bob/a/b/c",
                        "u/mallory/out/d/../g/team",
                        "u/mallory\u200b/out/d/bob",
                        "open/bob/x",
                        "open",
                        "closed/x",
                        "$SYS/x",
                        "$CONTROL/dynamic-security/v1",
                        "$share/g/u/bob",
                        "$share/g/open/mallory/x",
                        "/".repeat(300),
                        "u/mallory/" + "x/".repeat(240),
                        "a".repeat(65_535))
                .flatMap(topic -> IntStream.of(1, 2)
                        .mapToObj(qos -> dynamicTest("T-39 PUBLISH QoS " + qos + " " + shown(topic), () -> {
                            try (Attacker mallory = mallory()) {
                                Said said = mallory.says(publish(topic, qos, 7, 0));
                                assertThat(said.type()).isIn(PUBACK, PUBREC, DISCONNECT);
                                assertThat(said.codes()).allMatch(code -> code >= 0x80);
                            }
                        })));
        Stream<DynamicTest> invalid = Stream.of(
                        "u/mallory/out/+/bob", "u/#", "open/mallory/+", "#", "", "u/mallory/out/d/b\0b")
                .map(topic -> dynamicTest("T-52 PUBLISH to '" + topic.replace('\0', '0') + "', no topic name", () -> {
                    try (Attacker mallory = mallory()) {
                        assertThat(mallory.says(publish(topic, 1, 7, 0)).type()).isIn(DISCONNECT, 0);
                    }
                }));
        return Stream.of(refused, invalid, Stream.of(foreignGroup(), exactlyOnce()))
                .flatMap(rows -> rows);
    }

    private DynamicTest foreignGroup() {
        return dynamicTest("T-41 a group of others, by MQTT as by HTTP", () -> {
            assertThat(HttpCaller.of(broker, "alice")
                            .call("group.create", "{\"group\":\"secrets\",\"members\":[\"bob\"]}")
                            .status())
                    .isEqualTo(200);
            assertThat(HttpCaller.of(broker, "mallory")
                            .call("history", "{\"conv\":\"g/secrets\"}")
                            .status())
                    .isIn(403, 404);
            try (Attacker mallory = mallory()) {
                assertThat(mallory.says(publish("u/mallory/out/g/secrets", 1, 7, 0))
                                .codes())
                        .allMatch(code -> code >= 0x80);
            }
        });
    }

    private DynamicTest exactlyOnce() {
        return dynamicTest("T-38 QoS 2, refused at the PUBLISH, is not let through by the PUBREL", () -> {
            try (Attacker mallory = mallory()) {
                assertThat(mallory.says(publish("u/bob/out/d/mallory", 2, 7, 0)))
                        .isEqualTo(Said.of(PUBREC, 0x87));
                assertThat(mallory.says(new ClientBytes(true).pubrel(7)).type()).isEqualTo(PUBCOMP);
                assertThat(mallory.says(publish("open/bob/x", 2, 8, 0))).isEqualTo(Said.of(PUBREC, 0x87));
                assertThat(mallory.says(new ClientBytes(true).pubrel(8)).type()).isEqualTo(PUBCOMP);
            }
        });
    }

    private DynamicTest ends(String name, byte[]... packets) {
        return dynamicTest("T-36 " + name, () -> {
            try (Attacker mallory = mallory()) {
                Said last = mallory.says(packets);
                while (last.type() == PUBACK) {
                    last = mallory.hears();
                }
                assertThat(last.type()).isIn(DISCONNECT, 0);
                assertThat(last.codes()).allMatch(code -> code == 0x94 || code == 0x82);
            }
        });
    }

    private static Body aliasZero() {
        Body properties = new Body();
        properties.write(0x23);
        return properties.number(0);
    }

    Stream<DynamicTest> aliases() {
        return Stream.of(
                ends("alias 0", publish("u/mallory/out/d/bob", 1, 1, aliasZero())),
                ends("an alias that was never bound", publish("", 1, 1, 1)),
                ends("an alias above the largest", publish("u/mallory/out/d/bob", 1, 1, 65_535)),
                ends("no topic and no alias", publish("", 1, 1, 0)),
                dynamicTest("T-36 the rights are those to the topic that the alias stands for", () -> {
                    try (Attacker mallory = mallory();
                            Attacker watch = Attacker.in(broker, "aliased", "d")) {
                        assertThat(watch.says(subscribe("u/aliased/#"))).isEqualTo(Said.of(SUBACK, 1));
                        assertThat(mallory.says(publish("u/mallory/out/d/aliased", 1, 1, 1)))
                                .isEqualTo(Said.of(PUBACK, 0));
                        assertThat(mallory.says(publish("u/bob/out/d/aliased", 1, 2, 1)))
                                .as("bound anew")
                                .isEqualTo(Said.of(PUBACK, 0x87));
                        assertThat(mallory.says(publish("", 1, 3, 1)))
                                .as("by the alias alone")
                                .isEqualTo(Said.of(PUBACK, 0x87));
                        assertThat(mallory.says(publish("u/mallory/out/d/aliased", 1, 4, 1)))
                                .isEqualTo(Said.of(PUBACK, 0));
                        assertThat(HttpCaller.of(broker, "aliased").history("d/mallory"))
                                .hasSize(2);
                        assertThat(HttpCaller.of(broker, "aliased").history("d/bob"))
                                .isEmpty();
                    }
                }));
    }
}
