package dev.waggle.broker.gateway.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.memory.ServerPacket.Delivered;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PublishBytesTest {

    @Property(tries = 300)
    void encode_isReadBackTheSameInTheSizeForetold(@ForAll("deliveries") Delivery delivery) {
        ByteBuf bytes = PublishBytes.encode(delivery, true, UnpooledByteBufAllocator.DEFAULT);
        try {
            assertThat(bytes.readableBytes()).isEqualTo(PublishBytes.size(delivery, true));
            assertThat(parse(bytes, true)).isEqualTo(delivery);
        } finally {
            bytes.release();
        }
    }

    @Property(tries = 100)
    void encode_for311_leavesThePropertiesOut(@ForAll("deliveries") Delivery delivery) {
        ByteBuf bytes = PublishBytes.encode(delivery, false, UnpooledByteBufAllocator.DEFAULT);
        try {
            assertThat(bytes.readableBytes()).isEqualTo(PublishBytes.size(delivery, false));
            assertThat(parse(bytes, false))
                    .isEqualTo(new Delivery(
                            delivery.topic(),
                            delivery.payload(),
                            delivery.qos(),
                            delivery.packetId(),
                            delivery.dup(),
                            MessageProperties.NONE,
                            List.of(),
                            null));
        } finally {
            bytes.release();
        }
    }

    private static Delivery parse(ByteBuf bytes, boolean mqtt5) {
        int header = bytes.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = bytes.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        assertThat(bytes.readableBytes()).isEqualTo(length);
        byte[] body = new byte[length];
        bytes.readBytes(body);
        return ((Delivered) new ServerBytes(mqtt5).parse(header, ByteBuffer.wrap(body))).delivery();
    }

    @Provide
    Arbitrary<Delivery> deliveries() {
        Arbitrary<String> text = Arbitraries.strings()
                .ofMaxLength(60)
                .filter(string ->
                        string.equals(new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
        // Round the lengths at which the remaining length takes one byte more.
        Arbitrary<Bytes> payload = Arbitraries.of(0, 1, 60, 100, 120, 128, 16_300, 16_384, 20_000, 2_097_152)
                .map(size -> Bytes.wrap(new byte[size]));
        Arbitrary<MessageProperties> properties = Combinators.combine(
                        text.injectNull(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(0L, 1L, 0xFFFF_FFFFL),
                        Combinators.combine(text, text)
                                .as(UserProperty::new)
                                .list()
                                .ofMaxSize(4))
                .as(MessageProperties::new);
        Arbitrary<List<Integer>> ids = Arbitraries.of(1, 127, 128, 16_384, 2_097_152, 268_435_455)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        text,
                        payload,
                        Arbitraries.of(0, 1),
                        Arbitraries.integers().between(1, 65_535),
                        Arbitraries.of(true, false),
                        properties,
                        ids,
                        text.map(Bytes::utf8).injectNull(0.5))
                .as((topic, body, qos, id, dup, all, subscriptions, correlation) -> new Delivery(
                        topic, body, qos, qos == 0 ? 0 : id, qos == 1 && dup, all, subscriptions, correlation));
    }
}
