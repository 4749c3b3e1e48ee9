package dev.waggle.bench.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A window on one received packet. The same object is moved from packet to packet: what is needed later must be copied.
 */
public final class Packet {
    private byte[] bytes = {};
    private int first;
    private int body;
    private int end;
    private boolean five;

    void moveTo(byte[] array, int firstByte, int bodyStart, int bodyEnd, boolean mqtt5) {
        bytes = array;
        first = firstByte;
        body = bodyStart;
        end = bodyEnd;
        five = mqtt5;
    }

    /** See {@link PacketType}. */
    public int type() {
        return first >> 4 & 0x0F;
    }

    public int qos() {
        return first >> 1 & 3;
    }

    public boolean dup() {
        return (first & 8) != 0;
    }

    public boolean sessionPresent() {
        return (bytes[body] & 1) != 0;
    }

    /** Of a PUBLISH with QoS above 0, PUBACK or SUBACK. */
    public int packetId() {
        return type() == PacketType.PUBLISH ? u16(body + 2 + topicLength()) : u16(body);
    }

    /** Of a CONNACK, PUBACK or DISCONNECT; 0 where a short form leaves it out. */
    public int reason() {
        int at = reasonAt();
        return at < end ? bytes[at] & 0xFF : 0;
    }

    /** The first reason code of a SUBACK. */
    public int granted() {
        return bytes[five ? propertiesEnd(body + 2) : body + 2] & 0xFF;
    }

    public String topic() {
        return new String(bytes, body + 2, topicLength(), StandardCharsets.UTF_8);
    }

    public int topicLength() {
        return u16(body);
    }

    /** Where the payload starts in {@link #array()}. */
    public int payloadStart() {
        int at = body + 2 + topicLength() + (qos() > 0 ? 2 : 0);
        return five ? propertiesEnd(at) : at;
    }

    public int payloadLength() {
        return end - payloadStart();
    }

    public String payloadText() {
        int start = payloadStart();
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The big-endian number in the eight bytes {@code offset} bytes into the payload. */
    public long payloadLong(int offset) {
        int at = payloadStart() + offset;
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    /** The array that holds the packet, valid until the next packet is read. */
    public byte[] array() {
        return bytes;
    }

    /** The last decimal level but {@code fromEnd} of the topic, for example the seq of a delivery with 1; -1 if there is none. */
    public long topicNumber(int fromEnd) {
        int at = body + 2 + topicLength();
        for (int skip = fromEnd; ; skip--) {
            long value = 0;
            long unit = 1;
            while (--at >= body + 2 && bytes[at] != '/') {
                int digit = bytes[at] - '0';
                value = digit < 0 || digit > 9 || unit > 1_000_000_000_000_000_000L
                        ? Long.MIN_VALUE
                        : value + digit * unit;
                unit *= 10;
            }
            if (skip == 0) {
                return unit == 1 ? -1 : Math.max(-1, value);
            }
            if (at < body + 2) {
                return -1;
            }
        }
    }

    /** The first user property of that name of a CONNACK, PUBACK or DISCONNECT, or null. */
    public @Nullable String userProperty(String name) {
        int at = firstProperty();
        int stop = propertiesStop();
        while (at >= 0 && at < stop) {
            int id = bytes[at] & 0xFF;
            if (id == Property.USER_PROPERTY) {
                String key = text(at + 1);
                int value = at + 3 + u16(at + 1);
                if (key.equals(name)) {
                    return text(value);
                }
            }
            at = nextProperty(at);
        }
        return null;
    }

    /** The reason string of a CONNACK, PUBACK or DISCONNECT, or null. */
    public @Nullable String reasonString() {
        int at = find(Property.REASON_STRING);
        return at < 0 ? null : text(at);
    }

    /** Receive Maximum of a CONNACK; 65,535 if it does not say. */
    public int receiveMaximum() {
        int at = find(Property.RECEIVE_MAXIMUM);
        return at < 0 ? 65_535 : u16(at);
    }

    /** Topic Alias Maximum of a CONNACK. */
    public int topicAliasMaximum() {
        int at = find(Property.TOPIC_ALIAS_MAXIMUM);
        return at < 0 ? 0 : u16(at);
    }

    private int reasonAt() {
        switch (type()) {
            case PacketType.CONNACK:
                return body + 1;
            case PacketType.PUBACK:
                return body + 2;
            default:
                return body;
        }
    }

    private int firstProperty() {
        int at = reasonAt() + 1;
        return !five || at >= end ? -1 : at + lengthOfInteger(at);
    }

    private int propertiesStop() {
        int at = reasonAt() + 1;
        return !five || at >= end ? -1 : propertiesEnd(at);
    }

    /** Where the value of a property starts, or -1. */
    private int find(int wanted) {
        int at = firstProperty();
        int stop = propertiesStop();
        while (at >= 0 && at < stop) {
            if ((bytes[at] & 0xFF) == wanted) {
                return at + 1;
            }
            at = nextProperty(at);
        }
        return -1;
    }

    private int nextProperty(int at) {
        int shape = Property.shape(bytes[at] & 0xFF);
        int value = at + 1;
        switch (shape) {
            case -1:
                return value + 2 + u16(value);
            case -2:
                int second = value + 2 + u16(value);
                return second + 2 + u16(second);
            case -3:
                return value + lengthOfInteger(value);
            case 0:
                throw new IllegalStateException("unknown property 0x" + Integer.toHexString(bytes[at] & 0xFF)
                        + " in a packet of type " + type());
            default:
                return value + shape;
        }
    }

    private int propertiesEnd(int at) {
        int length = 0;
        int shift = 0;
        int position = at;
        int octet;
        do {
            octet = bytes[position++];
            length |= (octet & 0x7F) << shift;
            shift += 7;
        } while ((octet & 0x80) != 0);
        return position + length;
    }

    private int lengthOfInteger(int at) {
        int position = at;
        while ((bytes[position] & 0x80) != 0) {
            position++;
        }
        return position - at + 1;
    }

    private int u16(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private String text(int at) {
        return new String(bytes, at + 2, u16(at), StandardCharsets.UTF_8);
    }
}
