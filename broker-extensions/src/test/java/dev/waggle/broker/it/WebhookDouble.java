package dev.waggle.broker.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The operator's program behind {@code push.webhook.url}: keeps what it gets, and answers as it is told. */
final class WebhookDouble implements AutoCloseable {
    final List<JsonNode> got = new CopyOnWriteArrayList<>();
    final List<Long> times = new CopyOnWriteArrayList<>();
    volatile int status = 204;
    private final HttpServer server;

    WebhookDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode push = new ObjectMapper().readTree(exchange.getRequestBody());
        times.add(System.currentTimeMillis());
        got.add(push);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/push");
    }

    List<String> ids() {
        return got.stream().map(push -> push.path("id").asText()).distinct().toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
