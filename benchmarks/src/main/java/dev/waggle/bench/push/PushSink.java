package dev.waggle.bench.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.bench.report.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes pushes over HTTP and answers at once. The text of a message is the time at which it was sent, so a push that stands
 * for one message tells how long it took.
 */
public final class PushSink implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final Latency latency = new Latency();
    private long pushes;
    private long messages;

    public PushSink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode push = json.readTree(exchange.getRequestBody());
        long now = System.nanoTime();
        synchronized (this) {
            pushes++;
            messages += push.path("count").asInt();
            String text = push.path("body").asText();
            if (push.path("count").asInt() == 1 && text.matches("[0-9]{1,18}")) {
                latency.record(now - Long.parseLong(text));
            }
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public synchronized long pushes() {
        return pushes;
    }

    /** Messages that the pushes stood for. */
    public synchronized long messages() {
        return messages;
    }

    /** From the sending of a message to its push, for pushes of one message. */
    public synchronized String latency() {
        return latency.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
