package dev.waggle.bench.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes connections and never says anything. */
public final class SilentServer implements AutoCloseable {
    private final ServerSocket door;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Socket> taken = new ArrayList<>();

    public SilentServer() {
        try {
            door = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                synchronized (taken) {
                    taken.add(socket);
                }
            }
        } catch (IOException closed) {
            // that is the end of it
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Connections taken so far. */
    public int connections() {
        synchronized (taken) {
            return taken.size();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            synchronized (taken) {
                for (Socket socket : taken) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.shutdownNow();
        }
    }
}
