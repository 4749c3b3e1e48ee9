package dev.waggle.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PacketTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Packet packet(boolean five, String hex) {
        Packet packet = new Packet();
        List<Integer> types = new ArrayList<>();
        new PacketReader(five, packet).read(bytes(hex), bytes(hex).length, found -> types.add(found.type()));
        assertThat(types).hasSize(1);
        return packet;
    }

    @Test
    void connect_ofMqtt311WithPassword_isAsTheStandardSays() {
        PacketWriter writer = new PacketWriter();
        writer.connect(Connect.of("a.b", "a", "pw").mqtt(4));
        assertThat(HexFormat.of().formatHex(writer.toByteArray()))
                .isEqualTo("1016" + "00044d515454" + "04" + "c2" + "003c" + "0003612e62" + "000161" + "00027077");
    }

    @Test
    void connect_ofMqtt5WithExpiryAndLimits_carriesThemAsProperties() {
        PacketWriter writer = new PacketWriter();
        writer.connect(Connect.of("a.b", "a", null).durable(false, 3600).bounded(1, 128));
        assertThat(HexFormat.of().formatHex(writer.toByteArray()))
                .isEqualTo("101d" + "00044d515454" + "05" + "00" + "003c" + "0d" + "1100000e10" + "210001"
                        + "2700000080" + "0003612e62");
    }

    @Test
    void publish_withAliasKeyAndEmptyTopic_isAsTheStandardSays() {
        PacketWriter writer = new PacketWriter();
        writer.publish(true, new byte[0], 1, 7, 2, "k".getBytes(UTF_8), "hi".getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(writer.toByteArray()))
                .isEqualTo("320e" + "0000" + "0007" + "07" + "230002" + "0900016b" + "6869");
    }

    @Test
    void connack_withProperties_tellsThem() {
        Packet connack = packet(true, "2016 01 00 13 21 0040 22 0005 26 0005 696e626f78 0003 313233");
        assertThat(connack.sessionPresent()).isTrue();
        assertThat(connack.reason()).isZero();
        assertThat(connack.receiveMaximum()).isEqualTo(64);
        assertThat(connack.topicAliasMaximum()).isEqualTo(5);
        assertThat(connack.userProperty("inbox")).isEqualTo("123");
        assertThat(connack.userProperty("seq")).isNull();
    }

    @Test
    void puback_inBothForms_tellsReasonAndProperties() {
        Packet brief = packet(true, "4002 0102");
        assertThat(brief.packetId()).isEqualTo(0x102);
        assertThat(brief.reason()).isZero();
        assertThat(brief.userProperty("seq")).isNull();
        Packet full = packet(true, "400f 0102 87 0b 1f 0002 6e6f 26 0001 61 0000");
        assertThat(full.reason()).isEqualTo(0x87);
        assertThat(full.reasonString()).isEqualTo("no");
        assertThat(full.userProperty("a")).isEmpty();
    }

    @Test
    void suback_inBothVersions_tellsTheGrantedQos() {
        assertThat(packet(true, "9004 0001 00 01").granted()).isEqualTo(1);
        assertThat(packet(false, "9003 0001 80").granted()).isEqualTo(0x80);
    }

    @Test
    void topicNumber_ofADelivery_isSeqAndTime() {
        PacketWriter writer = new PacketWriter();
        writer.publish(true, "u/bob/in/d/a/a/17/1700000000000".getBytes(UTF_8), 1, 9, 0, null, new byte[0]);
        Packet publish = packet(true, HexFormat.of().formatHex(writer.toByteArray()));
        assertThat(publish.topicNumber(0)).isEqualTo(1_700_000_000_000L);
        assertThat(publish.topicNumber(1)).isEqualTo(17);
        assertThat(publish.topicNumber(2)).isEqualTo(-1);
        assertThat(publish.topicNumber(20)).isEqualTo(-1);
    }

    @Test
    void read_ofALengthOfFiveBytes_isRefused() {
        byte[] bytes = bytes("30ffffffffff01");
        assertThatThrownBy(() -> new PacketReader(true, new Packet()).read(bytes, bytes.length, found -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("four bytes");
    }

    @Property
    void publish_cutAnywhere_comesOutAsItWentIn(
            @ForAll boolean five,
            @ForAll @IntRange(max = 1) int qos,
            @ForAll @Size(max = 300) byte[] payload,
            @ForAll @IntRange(min = 1, max = 40) int chunk,
            @ForAll @IntRange(min = 1, max = 60_000) int packetId) {
        PacketWriter writer = new PacketWriter();
        byte[] topic = "u/bob/out/d/alice".getBytes(UTF_8);
        for (int i = 0; i < 3; i++) {
            writer.publish(five, topic, qos, packetId, 0, five ? new byte[] {1, 2} : null, payload);
            writer.puback(packetId);
        }
        List<byte[]> payloads = new ArrayList<>();
        int[] acknowledgements = new int[1];
        feed(writer.toByteArray(), chunk, five, packet -> {
            if (qos == 1 || packet.type() == PacketType.PUBACK) {
                assertThat(packet.packetId()).isEqualTo(packetId);
            }
            if (packet.type() == PacketType.PUBLISH) {
                assertThat(packet.topic()).isEqualTo("u/bob/out/d/alice");
                assertThat(packet.qos()).isEqualTo(qos);
                int start = packet.payloadStart();
                payloads.add(Arrays.copyOfRange(packet.array(), start, start + packet.payloadLength()));
            } else {
                acknowledgements[0]++;
            }
        });
        assertThat(payloads).hasSize(3).allMatch(found -> Arrays.equals(found, payload));
        assertThat(acknowledgements[0]).isEqualTo(3);
    }

    private static void feed(byte[] bytes, int chunk, boolean five, Consumer<Packet> sink) {
        PacketReader reader = new PacketReader(five, new Packet());
        for (int at = 0; at < bytes.length; at += chunk) {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.writeBytes(reader.tail());
            input.write(bytes, at, Math.min(chunk, bytes.length - at));
            reader.read(input.toByteArray(), input.size(), sink);
        }
        assertThat(reader.tail()).isEmpty();
    }
}
