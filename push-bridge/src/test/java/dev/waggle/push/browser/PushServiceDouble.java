package dev.waggle.push.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.webpush.VapidCheck;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A push service for one browser, on 127.0.0.1: the websocket protocol of Mozilla's autopush on one side, RFC 8030 over
 * TLS on the other. It looks at what senders say as strictly as RFC 8030 and RFC 8292 allow.
 */
final class PushServiceDouble implements Closeable {
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    private final HttpsServer endpoints = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);

    /** The keys that subscriptions are bound to, by channel. */
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    private final CompletableFuture<WebSocket> browser = new CompletableFuture<>();
    final BlockingQueue<JsonNode> acknowledged = new LinkedBlockingQueue<>();

    PushServiceDouble(TestCertificate tls) throws IOException {
        endpoints.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        endpoints.setExecutor(threads);
        endpoints.createContext("/push/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status(exchange), -1);
            }
        });
        endpoints.start();
        threads.execute(() -> {
            while (!door.isClosed()) {
                try {
                    WebSocket socket = new WebSocket(door.accept());
                    threads.execute(() -> talk(socket));
                } catch (IOException closed) {
                    continue;
                }
            }
        });
    }

    /** Where the browser connects to. */
    String url() {
        return "ws://127.0.0.1:" + door.getLocalPort();
    }

    /** Done when the browser has said hello. */
    CompletableFuture<WebSocket> greeted() {
        return browser;
    }

    private String origin() {
        return "https://127.0.0.1:" + endpoints.getAddress().getPort();
    }

    private void talk(WebSocket socket) {
        try (socket) {
            while (true) {
                JsonNode said = json.readTree(socket.read());
                switch (said.path("messageType").asText()) {
                    case "hello" -> {
                        socket.write(answer(said)
                                .put("uaid", "0123456789abcdef0123456789abcdef")
                                .put("use_webpush", true)
                                .toString());
                        browser.complete(socket);
                    }
                    case "register" -> {
                        String channel = said.get("channelID").asText();
                        keys.put(channel, said.path("key").asText().replace("=", ""));
                        socket.write(answer(said)
                                .put("channelID", channel)
                                .put("pushEndpoint", origin() + "/push/" + channel)
                                .toString());
                    }
                    case "ack" -> said.get("updates").forEach(acknowledged::add);
                    case "" -> socket.write("{}"); // "{}" is a ping
                    default -> {
                        // Nothing that matters here.
                    }
                }
            }
        } catch (IOException gone) {
            // The browser has gone, or the test is over.
            return;
        }
    }

    private ObjectNode answer(JsonNode said) {
        return json.createObjectNode()
                .put("messageType", said.get("messageType").asText())
                .put("status", 200);
    }

    /** Takes a message, or says what is wrong with it in the way of RFC 8030 and RFC 8292. */
    private int status(HttpExchange exchange) throws IOException {
        String channel = exchange.getRequestURI().getPath().substring("/push/".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!keys.containsKey(channel)) {
            return 404;
        }
        if (!exchange.getRequestMethod().equals("POST")
                || !header(exchange, "TTL").matches("[0-9]{1,7}")
                || !header(exchange, "Urgency").matches("very-low|low|normal|high")
                || !header(exchange, "Topic").matches("[A-Za-z0-9_-]{1,32}")
                || !header(exchange, "Content-Encoding").equals("aes128gcm")) {
            return 400;
        }
        if (body.length > 4_096) {
            return 413;
        }
        VapidCheck vapid = VapidCheck.of(header(exchange, "Authorization"));
        Instant end = Instant.ofEpochSecond(vapid.claims().get("exp").asLong());
        if (!vapid.key().equals(keys.get(channel))
                || !vapid.claims().get("aud").asText().equals(origin())
                || !vapid.claims().get("sub").asText().startsWith("mailto:")
                || end.isBefore(Pushes.NOW)
                || end.isAfter(Pushes.NOW.plus(Duration.ofHours(24)))) {
            return 403;
        }
        ObjectNode notification = json.createObjectNode()
                .put("messageType", "notification")
                .put("channelID", channel)
                .put("version", UUID.randomUUID().toString())
                .put("data", Base64.getUrlEncoder().withoutPadding().encodeToString(body));
        notification.putObject("headers").put("encoding", "aes128gcm");
        browser.join().write(notification.toString());
        return 201;
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() throws IOException {
        door.close();
        endpoints.stop(0);
        threads.shutdownNow();
    }
}
