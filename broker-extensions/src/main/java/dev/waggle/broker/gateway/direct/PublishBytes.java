package dev.waggle.broker.gateway.direct;

import dev.waggle.broker.gateway.Delivery;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a PUBLISH as bytes (MQTT 5 §3.3, 3.1.1 §3.3). Ours and not the host's encoder, because the host leaves user
 * properties out of a packet that is too large for the client, and silently drops the packet itself; here size and
 * bytes come from the same arithmetic.
 */
final class PublishBytes {
    private static final int PUBLISH = 0x30;
    private static final int DUP = 0x08;
    private static final int FORMAT_INDICATOR = 0x01;
    private static final int MESSAGE_EXPIRY = 0x02;
    private static final int CONTENT_TYPE = 0x03;
    private static final int CORRELATION_DATA = 0x09;
    private static final int SUBSCRIPTION_ID = 0x0B;
    private static final int USER_PROPERTY = 0x26;

    private PublishBytes() {}

    /** Bytes on the wire, fixed header included. */
    static int size(Delivery delivery, boolean mqtt5) {
        int remaining = remaining(delivery, mqtt5 ? properties(delivery) : -1);
        return 1 + varIntSize(remaining) + remaining;
    }

    static ByteBuf encode(Delivery delivery, boolean mqtt5, ByteBufAllocator allocator) {
        int properties = mqtt5 ? properties(delivery) : -1;
        int remaining = remaining(delivery, properties);
        ByteBuf out = allocator.ioBuffer(1 + varIntSize(remaining) + remaining);
        out.writeByte(PUBLISH | (delivery.dup() ? DUP : 0) | delivery.qos() << 1);
        writeVarInt(out, remaining);
        writeText(out, delivery.topic());
        if (delivery.qos() > 0) {
            out.writeShort(delivery.packetId());
        }
        if (mqtt5) {
            writeVarInt(out, properties);
            writeProperties(out, delivery);
        }
        out.writeBytes(delivery.payload().shared());
        return out;
    }

    private static int remaining(Delivery delivery, int properties) {
        return textSize(delivery.topic())
                + (delivery.qos() > 0 ? 2 : 0)
                + (properties < 0 ? 0 : varIntSize(properties) + properties)
                + delivery.payload().size();
    }

    private static int properties(Delivery delivery) {
        MessageProperties message = delivery.properties();
        int size = message.utf8() ? 2 : 0;
        size += message.expirySeconds() > 0 ? 5 : 0;
        size += optionalTextSize(message.contentType());
        size += delivery.correlation() == null ? 0 : 3 + delivery.correlation().size();
        for (int id : delivery.subscriptionIds()) {
            size += 1 + varIntSize(id);
        }
        for (UserProperty property : message.user()) {
            size += 1 + textSize(property.name()) + textSize(property.value());
        }
        return size;
    }

    private static void writeProperties(ByteBuf out, Delivery delivery) {
        MessageProperties message = delivery.properties();
        if (message.utf8()) {
            out.writeByte(FORMAT_INDICATOR).writeByte(1);
        }
        if (message.expirySeconds() > 0) {
            out.writeByte(MESSAGE_EXPIRY).writeInt((int) message.expirySeconds());
        }
        String contentType = message.contentType();
        if (contentType != null) {
            out.writeByte(CONTENT_TYPE);
            writeText(out, contentType);
        }
        if (delivery.correlation() != null) {
            out.writeByte(CORRELATION_DATA).writeShort(delivery.correlation().size());
            out.writeBytes(delivery.correlation().shared());
        }
        for (int id : delivery.subscriptionIds()) {
            out.writeByte(SUBSCRIPTION_ID);
            writeVarInt(out, id);
        }
        for (UserProperty property : message.user()) {
            out.writeByte(USER_PROPERTY);
            writeText(out, property.name());
            writeText(out, property.value());
        }
    }

    private static int optionalTextSize(@Nullable String text) {
        return text == null ? 0 : 1 + textSize(text);
    }

    private static int textSize(String text) {
        return 2 + ByteBufUtil.utf8Bytes(text);
    }

    private static void writeText(ByteBuf out, String text) {
        int at = out.writerIndex();
        out.writeShort(0);
        out.setShort(at, out.writeCharSequence(text, StandardCharsets.UTF_8));
    }

    private static int varIntSize(int value) {
        return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4;
    }

    private static void writeVarInt(ByteBuf out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
