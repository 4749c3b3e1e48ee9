package dev.waggle.broker.conformance.device;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/** Sockets that show what the library does not: how many bytes went both ways together, and the first that came. */
public final class TappedSockets extends SocketFactory {

    /** A CONNACK is shorter. */
    private static final int KEPT = 1_024;

    private final AtomicLong bytes = new AtomicLong();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    public long bytes() {
        return bytes.get();
    }

    /** True if this text is among the first bytes that the broker sent. */
    public boolean received(String text) {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    @Override
    public Socket createSocket() {
        return new Tapped();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return new Socket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return new Socket(host, port, local, localPort);
    }

    private void keep(byte[] from, int offset, int length) {
        bytes.addAndGet(length);
        synchronized (received) {
            received.write(from, offset, Math.max(0, Math.min(length, KEPT - received.size())));
        }
    }

    private final class Tapped extends Socket {

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    if (read >= 0) {
                        keep(new byte[] {(byte) read}, 0, 1);
                    }
                    return read;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = super.read(into, offset, length);
                    if (read > 0) {
                        keep(into, offset, read);
                    }
                    return read;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    bytes.incrementAndGet();
                    out.write(one);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    bytes.addAndGet(length);
                    out.write(from, offset, length);
                }
            };
        }
    }
}
