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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes pushes over HTTP and answers at once. The text of a message is the time at which it was sent, so a push that stands
 * for one message tells how long it took.
 */
public final class PushSink implements AutoCloseable {
    /** The window that is usual, {@code push.window}. */
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final Latency atOnce = new Latency();
    private final Latency held = new Latency();
    /** When the last push came, by user. */
    private final Map<String, Long> last = new HashMap<>();

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
            Long before = last.put(push.path("user").asText(), now);
            if (push.path("count").asInt() == 1 && text.matches("[0-9]{1,18}")) {
                long sent = Long.parseLong(text);
                (before == null || sent - before > WINDOW_NANOS ? atOnce : held).record(now - sent);
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

    /** From the sending of a message to its push, for pushes of one message that no earlier push held back. */
    public synchronized String atOnce() {
        return atOnce.toString();
    }

    /** The same for those whose conversation had a push less than a window before. */
    public synchronized String held() {
        return held.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
