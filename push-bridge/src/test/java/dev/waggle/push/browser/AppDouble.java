package dev.waggle.push.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A web app on 127.0.0.1: a page that subscribes by itself, its service worker, and what both tell. */
final class AppDouble implements Closeable {
    private static final int PATIENCE_SECONDS = 120;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private record Told(String what, JsonNode said) {}

    /** @param key what the page subscribes with, as soon as it may */
    AppDouble(CompletableFuture<String> key) throws IOException {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                if (path.startsWith("/tell/")) {
                    told.add(new Told(
                            path.substring("/tell/".length()), new ObjectMapper().readTree(exchange.getRequestBody())));
                    exchange.sendResponseHeaders(204, -1);
                } else if (path.equals("/key")) {
                    answer(exchange, "text/plain", key.join().getBytes(StandardCharsets.US_ASCII));
                } else if (path.equals("/worker.js")) {
                    answer(exchange, "text/javascript", file("worker.js"));
                } else if (path.equals("/")) {
                    answer(exchange, "text/html", file("index.html"));
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AppDouble.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** What the browser tells next, which must be this. */
    JsonNode next(String what) throws InterruptedException {
        Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null || !next.what().equals(what)) {
            throw new AssertionError("instead of the " + what + ": " + next);
        }
        return next.said();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
