package dev.waggle.bench.load;

import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import dev.waggle.bench.wire.PacketReader;
import dev.waggle.bench.wire.PacketType;
import dev.waggle.bench.wire.PacketWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One MQTT connection to a broker on this machine. Confined to its loop's thread, but for the constructor. */
public final class LoadClient {
    private static final int LAST_PACKET_ID = 60_000;

    private final Loop loop;
    private final InetSocketAddress address;
    private final Connect connect;
    private final ClientListener listener;
    private final PacketReader reader;
    private final PacketWriter writer = new PacketWriter();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean dirty;
    private boolean connected;
    private boolean deaf;
    private int lastPacketId;
    private int receiveMaximum = 65_535;
    private long bytesIn;
    private long bytesOut;

    private @Nullable InetAddress from;

    /** @throws IllegalArgumentException if the address is not on the loopback interface: this is no tool against others */
    public LoadClient(Loop loop, InetSocketAddress address, Connect connect, ClientListener listener) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("only loopback addresses may be put under load, not " + address);
        }
        this.loop = loop;
        this.address = address;
        this.connect = connect;
        this.listener = listener;
        this.reader = new PacketReader(connect.five(), loop.packet);
    }

    /** From another address of this machine. Before {@link #open()}. */
    public LoadClient from(InetAddress other) {
        from = other;
        return this;
    }

    /** Opens the socket and sends CONNECT; {@link ClientListener#connected} or {@code closed} follows. */
    public void open() {
        try {
            SocketChannel opened = SocketChannel.open();
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (from != null) {
                opened.bind(new InetSocketAddress(from, 0));
            }
            channel = opened;
            writer.connect(connect);
            boolean done = opened.connect(address);
            key = opened.register(loop.selector(), done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (done) {
                markDirty();
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    public void subscribe(String filter, int qos) {
        writer.subscribe(connect.five(), nextPacketId(), filter.getBytes(StandardCharsets.UTF_8), qos);
        markDirty();
    }

    /**
     * @param alias MQTT 5 topic alias, 0 for none
     * @param correlation MQTT 5 Correlation Data, or null
     * @return the packet id, or 0 for QoS 0
     */
    public int publish(byte[] topic, int qos, int alias, byte @Nullable [] correlation, byte[] payload) {
        int packetId = qos == 0 ? 0 : nextPacketId();
        writer.publish(connect.five(), topic, qos, packetId, alias, correlation, payload);
        markDirty();
        return packetId;
    }

    public int publish(byte[] topic, byte[] payload) {
        return publish(topic, 1, 0, null, payload);
    }

    public void acknowledge(int packetId) {
        writer.puback(packetId);
        markDirty();
    }

    /** Stops or goes on taking bytes from the socket, as a stuck device would. */
    public void deaf(boolean on) {
        deaf = on;
        interest();
    }

    /** DISCONNECT, then the end of the socket. */
    public void close() {
        if (connected) {
            writer.disconnect();
            flush();
        }
        abort();
    }

    /** The end of the socket without a word. */
    public void abort() {
        SocketChannel open = channel;
        channel = null;
        key = null;
        connected = false;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                listener.closed(this, "close failed: " + e.getMessage());
            }
        }
    }

    public boolean isConnected() {
        return connected;
    }

    /** QoS 1 messages the broker takes unanswered, from CONNACK; 65,535 in MQTT 3.1.1. */
    public int receiveMaximum() {
        return receiveMaximum;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public long bytesOut() {
        return bytesOut;
    }

    public String clientId() {
        return connect.clientId();
    }

    void ready(SelectionKey selected) {
        try {
            if (selected.isConnectable() && channel != null && channel.finishConnect()) {
                interest();
                flush();
            }
            if (selected.isValid() && selected.isReadable()) {
                read();
            }
            if (selected.isValid() && selected.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    void flush() {
        dirty = false;
        SocketChannel open = channel;
        if (open == null || !open.isConnected()) {
            return;
        }
        try {
            bytesOut += writer.drainTo(open);
            SelectionKey registered = key;
            if (registered != null
                    && (writer.size() > 0) != ((registered.interestOps() & SelectionKey.OP_WRITE) != 0)) {
                interest();
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void interest() {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOps((deaf ? 0 : SelectionKey.OP_READ) | (writer.size() > 0 ? SelectionKey.OP_WRITE : 0));
        }
    }

    private void read() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        byte[] tail = reader.tail();
        byte[] buffer = tail.length < loop.readBuffer.length / 2 ? loop.readBuffer : new byte[2 * tail.length];
        System.arraycopy(tail, 0, buffer, 0, tail.length);
        int count = open.read(ByteBuffer.wrap(buffer, tail.length, buffer.length - tail.length));
        if (count < 0) {
            fail("closed by the broker");
        } else {
            bytesIn += count;
            reader.read(buffer, tail.length + count, this::take);
        }
    }

    private void take(Packet packet) {
        switch (packet.type()) {
            case PacketType.PUBLISH -> {
                boolean acknowledge = listener.arrived(this, packet) && packet.qos() == 1;
                if (acknowledge && channel != null) {
                    acknowledge(packet.packetId());
                }
            }
            case PacketType.PUBACK -> listener.acknowledged(this, packet);
            case PacketType.CONNACK -> connack(packet);
            case PacketType.SUBACK -> listener.subscribed(this, packet);
            case PacketType.PINGRESP -> {}
            case PacketType.DISCONNECT ->
                fail("DISCONNECT 0x" + Integer.toHexString(packet.reason()) + " " + packet.reasonString());
            default -> fail("a packet of type " + packet.type() + " came");
        }
    }

    private void connack(Packet packet) {
        connected = packet.reason() == 0;
        if (connected && connect.five()) {
            receiveMaximum = packet.receiveMaximum();
        }
        if (connected && connect.keepAliveSeconds() > 0) {
            ping(Duration.ofSeconds(connect.keepAliveSeconds()).dividedBy(2));
        }
        listener.connected(this, packet);
    }

    private void ping(Duration every) {
        loop.after(every, () -> {
            if (connected) {
                writer.pingreq();
                markDirty();
                ping(every);
            }
        });
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId == LAST_PACKET_ID ? 1 : lastPacketId + 1;
        return lastPacketId;
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            loop.dirty(this);
        }
    }

    private void fail(String cause) {
        if (channel != null) {
            abort();
            listener.closed(this, cause);
        }
    }
}
