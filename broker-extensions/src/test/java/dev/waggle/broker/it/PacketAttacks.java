package dev.waggle.broker.it;

import static dev.waggle.broker.it.Attacker.AUTH;
import static dev.waggle.broker.it.Attacker.CONNACK;
import static dev.waggle.broker.it.Attacker.DISCONNECT;
import static dev.waggle.broker.it.Attacker.PUBACK;
import static dev.waggle.broker.it.Attacker.PUBREC;
import static dev.waggle.broker.it.Attacker.packet;
import static dev.waggle.broker.it.Attacker.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.waggle.broker.gateway.direct.ClientBytes;
import dev.waggle.broker.gateway.direct.ClientBytes.Body;
import dev.waggle.broker.it.Attacker.Said;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Packets that no client sends: before anybody is in, and from one who is. */
final class PacketAttacks {
    private static final int SILENCE = 0;
    private static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;

    /** The host looks at nothing before it has as many bytes as tell TLS from MQTT. */
    private static final byte[] ENOUGH_TO_TELL = new byte[16];

    private final Reachable broker;
    private final Map<String, Attacker> stalled = new LinkedHashMap<>();

    /** Those who never finish their first packet begin now: it takes its time until they are out. */
    PacketAttacks(Reachable broker) {
        this.broker = broker;
        stall("nothing");
        stall("one byte", new byte[] {0x10});
        stall("half a CONNECT", Arrays.copyOf(good().bytes(), 20));
        stall("the beginning of a CONNECT of 256 MB", new byte[] {0x10, -1, -1, -1, 0x7F, 0, 4, 'M', 'Q', 'T', 'T'});
        stall("an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        stall("TLS", new byte[] {0x16, 3, 1, 0, 2, 1, 0});
    }

    private void stall(String name, byte[]... bytes) {
        Attacker attacker = new Attacker(broker);
        attacker.send(bytes);
        stalled.put(name, attacker);
    }

    /** To be asked for late. */
    Stream<DynamicTest> stalled() {
        return stalled.entrySet().stream()
                .map(each -> dynamicTest("T-52 before CONNECT: " + each.getKey() + ", and then nothing", () -> {
                    try (Attacker attacker = each.getValue()) {
                        assertEnds(attacker.hears());
                    }
                }));
    }

    private ConnectBytes good() {
        return ConnectBytes.of("mallory.d", broker.token("mallory", "d")).flags(ConnectBytes.CLEAN);
    }

    /** The connection ends, with or without a word. */
    private static void assertEnds(Said said) {
        assertThat(said.type()).isIn(CONNACK, DISCONNECT, SILENCE);
        assertThat(said.codes()).allMatch(code -> code >= 0x80);
    }

    private DynamicTest stranger(String name, byte[]... packets) {
        return dynamicTest("T-52 before CONNECT: " + name, () -> {
            try (Attacker stranger = new Attacker(broker)) {
                stranger.send(packets);
                assertEnds(stranger.says(ENOUGH_TO_TELL));
            }
        });
    }

    private DynamicTest insider(String name, byte[]... packets) {
        return dynamicTest("T-52 from one who is in: " + name, () -> {
            try (Attacker mallory = Attacker.in(broker, "mallory", "d")) {
                assertEnds(mallory.says(packets));
                assertThat(mallory.hears()).isEqualTo(Said.CLOSED);
            }
        });
    }

    private DynamicTest connect(String name, ConnectBytes connect) {
        return dynamicTest("T-52 CONNECT " + name, () -> assertEnds(Attacker.knock(broker, connect)));
    }

    Stream<DynamicTest> firstPackets() {
        return Stream.of(
                stranger("PUBLISH", publish("u/alice/out/d/bob", 1, 1, 0)),
                stranger("SUBSCRIBE", Attacker.subscribe("#")),
                stranger("AUTH", packet(0xF0, 0x19, 0)),
                stranger("PINGREQ", packet(0xC0)),
                stranger("CONNACK", packet(0x20, 0, 0, 0)),
                stranger("a packet of 256 MB (CVE-2023-0809)", new byte[] {0x30, -1, -1, -1, 0x7F}, new byte[65_536]),
                stranger("a CONNECT of 256 MB", new byte[] {0x10, -1, -1, -1, 0x7F}, new byte[65_536]),
                stranger("a length of five bytes", new byte[] {0x10, -1, -1, -1, -1, 1}),
                dynamicTest("T-54 the PROXY protocol is not spoken: nobody tells us another address", () -> {
                    try (Attacker stranger = new Attacker(broker)) {
                        byte[] proxy = "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n".getBytes(StandardCharsets.US_ASCII);
                        assertEnds(stranger.says(proxy, good().bytes()));
                    }
                }),
                connect("of no protocol", good().protocol("MQTX", 5)),
                connect("of level 6", good().protocol("MQTT", 6)),
                connect("with the reserved flag", good().flags(3)),
                connect("with a will's QoS 3", good().will("open/mallory/x").flags(0x1A)),
                connect("with the flags of a will and no will", good().flags(0x22)),
                connect("with a property twice", good().properties(new byte[] {0x11, 0, 0, 0, 1, 0x11, 0, 0, 0, 1})),
                connect("with a property of PUBLISH", good().properties(new byte[] {0x23, 0, 1})),
                connect("with Receive Maximum 0", good().properties(new byte[] {0x21, 0, 0})),
                connect("with authentication data and no method", good().properties(new byte[] {0x16, 0, 1, 'x'})),
                connect("with an unknown method", good().method("SCRAM-SHA-1")),
                dynamicTest("T-52 CONNECT with 65,000 user properties", () -> {
                    Body properties = new Body();
                    for (int i = 0; i < 65_000; i++) {
                        properties.write(0x26);
                        properties.text("a").text("b");
                    }
                    long start = System.nanoTime();
                    Said said = Attacker.knock(broker, good().properties(properties.toByteArray()));
                    assertThat(said.type()).isEqualTo(CONNACK);
                    assertThat(System.nanoTime() - start).as("linear").isLessThan(5_000_000_000L);
                }));
    }

    Stream<DynamicTest> packets() {
        return Stream.of(
                dynamicTest("T-52 a second CONNECT (moquette#969)", () -> {
                    try (Attacker mallory = Attacker.in(broker, "mallory", "d")) {
                        assertEnds(mallory.says(good().bytes()));
                    }
                }),
                dynamicTest("T-52 a second CONNECT for another user", () -> {
                    try (Attacker mallory = Attacker.in(broker, "mallory", "d")) {
                        assertEnds(mallory.says(ConnectBytes.of("bob.d", broker.token("bob", "d"))
                                .bytes()));
                    }
                }),
                dynamicTest("T-52 a second CONNECT right behind the first", () -> {
                    try (Attacker mallory = new Attacker(broker)) {
                        Said said = mallory.says(
                                good().bytes(),
                                ConnectBytes.of("bob.d", "secret").bytes());
                        if (said.equals(Said.connack(0))) {
                            said = mallory.hears();
                        }
                        assertEnds(said);
                    }
                }),
                insider("CONNACK (CVE-2021-28166)", packet(0x20, 0, 0, 0)),
                insider("SUBACK", packet(0x90, 0, 1, 0, 0)),
                insider("UNSUBACK", packet(0xB0, 0, 1, 0, 0)),
                insider("PINGRESP", packet(0xD0)),
                insider("packet type 0", packet(0x00)),
                insider("SUBSCRIBE with wrong flags", packet(0x80, 0, 1, 0, 0, 1, 'a', 0)),
                insider("SUBSCRIBE without filters", packet(0x82, 0, 1, 0)),
                insider("PUBREL with wrong flags", packet(0x60, 0, 1)),
                insider("an AUTH where there was no method", packet(0xF0, 0x19, 0)),
                insider("a DISCONNECT for the server", packet(0xE0, 0x8D, 0)),
                dynamicTest("T-52 one QoS 2 id a hundred times (CVE-2023-28366): one message", () -> {
                    try (Attacker mallory = Attacker.in(broker, "mallory", "flood")) {
                        Said said = Said.of(PUBREC, 0);
                        for (int i = 0; i < 100 && said.equals(Said.of(PUBREC, 0)); i++) {
                            said = mallory.says(publish("u/mallory/out/d/flooded", 2, 9, 0));
                        }
                        assertThat(said).isIn(Said.of(PUBREC, 0), Said.end(RECEIVE_MAXIMUM_EXCEEDED));
                        assertThat(HttpCaller.of(broker, "flooded").history("d/mallory"))
                                .hasSize(1);
                    }
                }),
                insider("more open QoS 2 ids than Receive Maximum", flood(2, 200)),
                dynamicTest("T-52 QoS 1 beyond Receive Maximum: answered, or the connection ends", () -> {
                    try (Attacker mallory = Attacker.in(broker, "mallory", "d")) {
                        Said said = mallory.says(flood(1, 200));
                        for (int i = 1; i < 200 && said.type() == PUBACK; i++) {
                            said = mallory.hears();
                        }
                        assertThat(said).isIn(Said.of(PUBACK, 0), Said.end(RECEIVE_MAXIMUM_EXCEEDED), Said.CLOSED);
                    }
                }));
    }

    private static byte[] flood(int qos, int packets) {
        Body all = new Body();
        for (int id = 1; id <= packets; id++) {
            all.writeBytes(publish("u/mallory/out/d/flooded", qos, id, 0));
        }
        return all.toByteArray();
    }

    private static byte[] auth(int code, String method, String data) {
        Body properties = new Body();
        properties.write(0x15);
        properties.text(method);
        if (data != null) {
            properties.write(0x16);
            properties.text(data);
        }
        Body body = new Body();
        body.write(code);
        return ClientBytes.packet(0xF0, body.sized(properties));
    }

    /** One who came in by enhanced authentication, and goes on. */
    private DynamicTest renewal(String name, int code, byte[] auth) {
        return dynamicTest("T-51 AUTH " + name, () -> {
            try (Attacker mallory = new Attacker(broker)) {
                assertThat(mallory.says(good().method("OAUTH2-JWT").bytes())).isEqualTo(Said.connack(0));
                assertThat(mallory.says(auth)).isEqualTo(code == 0 ? Said.of(AUTH, 0) : Said.end(code));
                if (code != 0) {
                    assertThat(mallory.hears()).isEqualTo(Said.CLOSED);
                }
            }
        });
    }

    Stream<DynamicTest> authentication() {
        String token = broker.token("mallory", "d");
        return Stream.of(
                renewal("with a fresh token", 0, auth(0x19, "OAUTH2-JWT", token)),
                renewal("with another user's token", 0x87, auth(0x19, "OAUTH2-JWT", broker.token("bob", "d"))),
                renewal(
                        "with the token of another device",
                        0x87,
                        auth(0x19, "OAUTH2-JWT", broker.token("mallory", "e"))),
                renewal("with no token", 0x87, auth(0x19, "OAUTH2-JWT", null)),
                renewal("with what is no token", 0x87, auth(0x19, "OAUTH2-JWT", "secret")),
                renewal("by another method", 0x8C, auth(0x19, "JWT", token)),
                renewal("that continues what nobody began", 0x82, auth(0x18, "OAUTH2-JWT", token)),
                dynamicTest("T-51 a flood of AUTH with a good token", () -> authFlood(token)),
                dynamicTest("T-51 a flood of AUTH with bad tokens ends with the first", () -> authFlood("bad.bad.bad")),
                dynamicTest("T-52 AUTH behind a CONNECT that is not answered yet", () -> {
                    try (Attacker mallory = new Attacker(broker)) {
                        Said said = mallory.says(good().method("OAUTH2-JWT").bytes(), auth(0x19, "OAUTH2-JWT", token));
                        if (said.equals(Said.connack(0))) {
                            said = mallory.hears();
                        }
                        assertThat(said)
                                .satisfiesAnyOf(
                                        each -> assertThat(each).isEqualTo(Said.of(AUTH, 0)),
                                        PacketAttacks::assertEnds);
                    }
                }));
    }

    /** Each is answered in its turn or ends the connection, and others are let in meanwhile. */
    private void authFlood(String token) {
        try (Attacker mallory = new Attacker(broker)) {
            assertThat(mallory.says(good().method("OAUTH2-JWT").bytes())).isEqualTo(Said.connack(0));
            Body all = new Body();
            for (int i = 0; i < 5_000; i++) {
                all.writeBytes(auth(0x19, "OAUTH2-JWT", token));
            }
            mallory.send(all.toByteArray());
            assertThat(Attacker.knock(broker, ConnectBytes.of("bob.d", broker.token("bob", "d"))))
                    .isEqualTo(Said.connack(0));
            Said said = mallory.hears();
            for (int i = 1; i < 5_000 && said.equals(Said.of(AUTH, 0)); i++) {
                said = mallory.hears();
            }
            if (!said.equals(Said.of(AUTH, 0))) {
                assertEnds(said);
            }
        }
    }
}
