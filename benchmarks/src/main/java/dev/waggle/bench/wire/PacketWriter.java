package dev.waggle.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Packets waiting to be written to one connection, as bytes in a growing array. Confined to one thread. */
public final class PacketWriter {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private ByteBuffer view = ByteBuffer.wrap(NOTHING);

    public int size() {
        return end - start;
    }

    /** A copy of what waits to be written. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /**
     * Writes as much as the channel takes.
     *
     * @return the number of bytes it took
     */
    public int drainTo(WritableByteChannel channel) throws IOException {
        if (size() == 0) {
            return 0;
        }
        view.limit(end).position(start);
        int written = channel.write(view);
        start += written;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return written;
    }

    public void connect(Connect connect) {
        byte[] clientId = utf8(connect.clientId());
        byte[] userName = utf8(connect.userName());
        String password = connect.password();
        byte[] secret = password == null ? NOTHING : utf8(password);
        int properties = connect.five() ? connectProperties(connect) : 0;
        int remaining = 10 + (connect.five() ? 1 + properties : 0) + 2 + clientId.length;
        if (password != null) {
            remaining += 2 + userName.length + 2 + secret.length;
        }
        header(PacketType.CONNECT << 4, remaining);
        block(utf8("MQTT"));
        put(connect.mqtt());
        put((password == null ? 0 : 0xC0) | (connect.cleanStart() ? 0x02 : 0));
        put16(connect.keepAliveSeconds());
        if (connect.five()) {
            put(properties);
            if (connect.sessionExpirySeconds() > 0) {
                put(Property.SESSION_EXPIRY);
                put32(connect.sessionExpirySeconds());
            }
            if (connect.receiveMaximum() > 0) {
                put(Property.RECEIVE_MAXIMUM);
                put16(connect.receiveMaximum());
            }
            if (connect.maximumPacketSize() > 0) {
                put(Property.MAXIMUM_PACKET_SIZE);
                put32(connect.maximumPacketSize());
            }
        }
        block(clientId);
        if (password != null) {
            block(userName);
            block(secret);
        }
    }

    private static int connectProperties(Connect connect) {
        return (connect.sessionExpirySeconds() > 0 ? 5 : 0)
                + (connect.receiveMaximum() > 0 ? 3 : 0)
                + (connect.maximumPacketSize() > 0 ? 5 : 0);
    }

    public void subscribe(boolean five, int packetId, byte[] filter, int qos) {
        header(PacketType.SUBSCRIBE << 4 | 2, 2 + (five ? 1 : 0) + 2 + filter.length + 1);
        put16(packetId);
        if (five) {
            put(0);
        }
        block(filter);
        put(qos);
    }

    /**
     * A PUBLISH without DUP and RETAIN.
     *
     * @param topic empty if {@code alias} is already known to the other side
     * @param packetId ignored for QoS 0
     * @param alias MQTT 5 topic alias, 0 for none
     * @param key MQTT 5 Correlation Data, or null
     */
    public void publish(
            boolean five, byte[] topic, int qos, int packetId, int alias, byte @Nullable [] key, byte[] payload) {
        int properties = (alias > 0 ? 3 : 0) + (key == null ? 0 : 3 + key.length);
        int remaining = 2 + topic.length + (qos > 0 ? 2 : 0) + (five ? 1 + properties : 0) + payload.length;
        header(PacketType.PUBLISH << 4 | qos << 1, remaining);
        block(topic);
        if (qos > 0) {
            put16(packetId);
        }
        if (five) {
            put(properties);
            if (alias > 0) {
                put(Property.TOPIC_ALIAS);
                put16(alias);
            }
            if (key != null) {
                put(Property.CORRELATION_DATA);
                block(key);
            }
        }
        raw(payload);
    }

    /** The short form, reason code 0x00. */
    public void puback(int packetId) {
        room(4);
        bytes[end++] = (byte) (PacketType.PUBACK << 4);
        bytes[end++] = 2;
        bytes[end++] = (byte) (packetId >> 8);
        bytes[end++] = (byte) packetId;
    }

    public void pingreq() {
        header(PacketType.PINGREQ << 4, 0);
    }

    public void disconnect() {
        header(PacketType.DISCONNECT << 4, 0);
    }

    private void header(int first, int remaining) {
        room(remaining + 5);
        put(first);
        int rest = remaining;
        while (rest > 0x7F) {
            put(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        put(rest);
    }

    private void room(int count) {
        if (end + count <= bytes.length) {
            return;
        }
        int size = size();
        byte[] target = size + count <= bytes.length ? bytes : new byte[Math.max(256, 2 * (size + count))];
        System.arraycopy(bytes, start, target, 0, size);
        if (target != bytes) {
            bytes = target;
            view = ByteBuffer.wrap(target);
        }
        start = 0;
        end = size;
    }

    private void put(int value) {
        bytes[end++] = (byte) value;
    }

    private void put16(int value) {
        put(value >> 8);
        put(value);
    }

    private void put32(long value) {
        put16((int) (value >> 16));
        put16((int) value);
    }

    private void block(byte[] value) {
        put16(value.length);
        raw(value);
    }

    private void raw(byte[] value) {
        System.arraycopy(value, 0, bytes, end, value.length);
        end += value.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
