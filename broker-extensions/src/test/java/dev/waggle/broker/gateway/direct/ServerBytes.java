package dev.waggle.broker.gateway.direct;

import dev.waggle.broker.gateway.Acknowledgement;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.MessageProperties.UserProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a server sends; written for itself, so that it shares no mistake with the server's side. */
public final class ServerBytes {
    private final boolean mqtt5;

    public ServerBytes(boolean mqtt5) {
        this.mqtt5 = mqtt5;
    }

    /**
     * @param header first byte of the packet
     * @param body what follows the remaining length
     * @return null for PINGRESP
     */
    public ServerPacket parse(int header, ByteBuffer body) {
        switch (header >> 4) {
            case 2: {
                boolean present = (body.get() & 1) == 1;
                int code = body.get() & 0xFF;
                Properties properties = properties(body);
                String inbox = properties.user("inbox");
                return new ServerPacket.Connack(code, present, inbox == null ? null : Long.valueOf(inbox));
            }
            case 3:
                return publish(header, body);
            case 4, 5: {
                int id = body.getShort() & 0xFFFF;
                int code = body.hasRemaining() ? body.get() & 0xFF : 0;
                Properties properties = properties(body);
                String seq = properties.user("seq");
                return new ServerPacket.Answered(new Acknowledgement(
                        id, (header >> 4) - 3, code, properties.reason, seq == null ? null : Long.valueOf(seq)));
            }
            case 7:
                return new ServerPacket.Completed(body.getShort() & 0xFFFF);
            case 9:
                return new ServerPacket.Suback(body.getShort() & 0xFFFF);
            case 11:
                return new ServerPacket.Unsuback(body.getShort() & 0xFFFF);
            case 13:
                return null;
            case 14: {
                int code = body.hasRemaining() ? body.get() & 0xFF : 0;
                return new ServerPacket.Disconnected(code, properties(body).reason);
            }
            default:
                throw new AssertionError("unexpected packet type " + (header >> 4));
        }
    }

    private ServerPacket publish(int header, ByteBuffer body) {
        String topic = text(body);
        int qos = header >> 1 & 3;
        int id = qos > 0 ? body.getShort() & 0xFFFF : 0;
        Properties properties = properties(body);
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        return new ServerPacket.Delivered(new Delivery(
                topic,
                Bytes.wrap(payload),
                qos,
                id,
                (header & 8) != 0,
                new MessageProperties(properties.contentType, properties.utf8, properties.expiry, properties.user),
                properties.subscriptionIds,
                properties.correlation));
    }

    /** What properties there may be in the packets of a server. */
    private static final class Properties {
        private final List<UserProperty> user = new ArrayList<>();
        private final List<Integer> subscriptionIds = new ArrayList<>();
        private String reason;
        private String contentType;
        private boolean utf8;
        private long expiry;
        private Bytes correlation;

        String user(String name) {
            return user.stream()
                    .filter(property -> property.name().equals(name))
                    .map(UserProperty::value)
                    .findFirst()
                    .orElse(null);
        }
    }

    private Properties properties(ByteBuffer body) {
        Properties properties = new Properties();
        if (!mqtt5 || !body.hasRemaining()) {
            return properties;
        }
        int end = varInt(body);
        end += body.position();
        while (body.position() < end) {
            int kind = body.get();
            switch (kind) {
                case 0x01 -> properties.utf8 = body.get() == 1;
                case 0x02 -> properties.expiry = body.getInt() & 0xFFFF_FFFFL;
                case 0x03 -> properties.contentType = text(body);
                case 0x09 -> properties.correlation = Bytes.wrap(binary(body));
                case 0x0B -> properties.subscriptionIds.add(varInt(body));
                case 0x11, 0x27 -> body.getInt();
                case 0x13, 0x21, 0x22 -> body.getShort();
                case 0x12, 0x15, 0x1A, 0x1C -> text(body);
                case 0x16 -> binary(body);
                case 0x1F -> properties.reason = text(body);
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> body.get();
                case 0x26 -> properties.user.add(new UserProperty(text(body), text(body)));
                default -> throw new AssertionError("unexpected property " + kind);
            }
        }
        return properties;
    }

    private static int varInt(ByteBuffer body) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = body.get();
            value |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0) {
                return value;
            }
        }
    }

    private static byte[] binary(ByteBuffer body) {
        byte[] bytes = new byte[body.getShort() & 0xFFFF];
        body.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer body) {
        return new String(binary(body), StandardCharsets.UTF_8);
    }
}
