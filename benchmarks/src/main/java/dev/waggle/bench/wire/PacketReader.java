package dev.waggle.bench.wire;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts one connection's bytes into packets. Keeps only an unfinished tail between reads, so an idle connection holds no
 * buffer. Confined to one thread.
 */
public final class PacketReader {
    private static final byte[] NOTHING = {};

    private final boolean five;
    private final Packet packet;
    private byte[] tail = NOTHING;

    /** @param packet the window that is moved; may be shared by all readers of one thread */
    public PacketReader(boolean five, Packet packet) {
        this.five = five;
        this.packet = packet;
    }

    /** Bytes of an unfinished packet that must be put before the next ones read. */
    public byte[] tail() {
        return tail;
    }

    /**
     * Hands over each whole packet in {@code bytes[0, length)}, which must begin with {@link #tail()}.
     *
     * @throws IllegalStateException if the bytes are no MQTT
     */
    public void read(byte[] bytes, int length, Consumer<Packet> sink) {
        int at = 0;
        while (at + 2 <= length) {
            int remaining = 0;
            int shift = 0;
            int position = at + 1;
            boolean whole = false;
            while (position < length && !whole) {
                int octet = bytes[position++];
                remaining |= (octet & 0x7F) << shift;
                shift += 7;
                whole = (octet & 0x80) == 0;
                if (!whole && shift > 21) {
                    throw new IllegalStateException("remaining length of more than four bytes");
                }
            }
            if (!whole || position + remaining > length) {
                break;
            }
            packet.moveTo(bytes, bytes[at] & 0xFF, position, position + remaining, five);
            at = position + remaining;
            sink.accept(packet);
        }
        tail = at == length ? NOTHING : Arrays.copyOfRange(bytes, at, length);
    }
}
