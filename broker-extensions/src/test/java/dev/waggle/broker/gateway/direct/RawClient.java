package dev.waggle.broker.gateway.direct;

import dev.waggle.broker.gateway.memory.ServerPacket;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A client on a plain socket: sends any bytes and reads what the server says, packet by packet. */
public final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final ServerBytes bytes;
    private int lastSize;

    public RawClient(InetSocketAddress server, boolean mqtt5) {
        this.bytes = new ServerBytes(mqtt5);
        try {
            socket.setTcpNoDelay(true);
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(server, 20_000);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(byte[]... packets) {
        int size = 0;
        for (byte[] packet : packets) {
            size += packet.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] packet : packets) {
            all.put(packet);
        }
        try {
            socket.getOutputStream().write(all.array());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Bytes of the packet read last. */
    public int lastSize() {
        return lastSize;
    }

    /** True if the server says nothing for so long. */
    public boolean isSilent(int milliseconds) {
        try {
            socket.setSoTimeout(milliseconds);
            int next = in.read();
            throw new AssertionError("the server said 0x%02X".formatted(next));
        } catch (java.net.SocketTimeoutException expected) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                socket.setSoTimeout(20_000);
            } catch (SocketException ignored) {
                // closed: the next read says so
            }
        }
    }

    /** The next packet; {@link ServerPacket.Closed} at the end of the stream; fails after twenty seconds of silence. */
    public ServerPacket next() {
        Frame frame = frame();
        if (frame == null) {
            return new ServerPacket.Closed();
        }
        ServerPacket packet = bytes.parse(frame.header(), frame.body());
        return packet == null ? next() : packet;
    }

    /** A packet as it came: its first byte, and what follows the remaining length. */
    public record Frame(int header, ByteBuffer body) {}

    /** The next packet as it came; null at the end of the stream. */
    public Frame frame() {
        try {
            int header = in.read();
            if (header < 0) {
                return null;
            }
            int length = 0;
            int shift = 0;
            int lengthBytes = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7F) << shift;
                shift += 7;
                lengthBytes++;
            } while ((digit & 0x80) != 0);
            byte[] body = new byte[length];
            in.readFully(body);
            lastSize = 1 + lengthBytes + length;
            return new Frame(header, ByteBuffer.wrap(body));
        } catch (EOFException | SocketException end) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
