package dev.waggle.broker.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * A network between clients and a broker that can swallow what either side says, so that a test decides what the broker
 * stored and what the client knows of it.
 */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int brokerPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean answersLost;
    private volatile boolean requestsLost;

    Relay(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Bytes that the broker has said so far, on all connections. */
    long bytesToClients() {
        return answered.get();
    }

    /** From now on nothing that the broker says arrives. */
    void loseAnswers() {
        answersLost = true;
    }

    /** From now on nothing that clients say arrives. */
    void loseRequests() {
        requestsLost = true;
    }

    /** For new connections; those that lost something must be gone. */
    void loseNothing() {
        answersLost = false;
        requestsLost = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                threads.execute(() -> connect(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void connect(Socket client) {
        Socket broker = new Socket();
        try {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort));
            threads.execute(() -> pump(client, broker, () -> requestsLost, count -> {}));
            pump(broker, client, () -> answersLost, answered::addAndGet);
        } catch (IOException notThere) {
            close(client, broker);
        }
    }

    /** Until one side is gone; then the other one is, too. */
    private static void pump(Socket from, Socket to, BooleanSupplier lost, IntConsumer passed) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                passed.accept(count);
                if (!lost.getAsBoolean()) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException gone) {
            // as when the end is read
        } finally {
            close(from, to);
        }
    }

    private static void close(Socket... sockets) {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
