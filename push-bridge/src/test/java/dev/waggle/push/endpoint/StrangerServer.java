package dev.waggle.push.endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free port of 127.0.0.1 that does what a test says, on raw connections. */
final class StrangerServer implements Closeable {
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicInteger connections = new AtomicInteger();

    /** What happens on one connection; failures end it. */
    interface Behaviour {
        void on(Socket connection) throws Exception;
    }

    StrangerServer(Behaviour behaviour) throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> {
            while (!door.isClosed()) {
                try {
                    Socket connection = door.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(behaviour, connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void serve(Behaviour behaviour, Socket connection) {
        try (connection) {
            behaviour.on(connection);
        } catch (Exception gone) {
            // The client sees it.
            return;
        }
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
