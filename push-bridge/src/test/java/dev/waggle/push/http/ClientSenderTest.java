package dev.waggle.push.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.spec.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do to us, and what it gets. */
class ClientSenderTest {
    /** Nothing that is answered takes so long. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** For what is not answered. */
    private static final Duration SHORT = Duration.ofMillis(700);

    private static final int MOST_BYTES = 1_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final ExecutorService client = Executors.newFixedThreadPool(2);
    private ClientSender sender = new ClientSender(client, () -> NOW, LIMIT, MOST_BYTES);
    private HttpServer server;

    /** Answers a request. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serving.shutdownNow();
        client.shutdownNow();
    }

    private HttpReply post(Behaviour behaviour) throws Exception {
        server.createContext("/", exchange -> {
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        return post("http://127.0.0.1:" + server.getAddress().getPort() + "/a", Map.of("X-Name", "value"));
    }

    private HttpReply post(String address, Map<String, String> headers) throws Exception {
        return sender.post(new HttpCall(URI.create(address), headers, Bytes.utf8("hello")))
                .toCompletableFuture()
                .get(LIMIT.toSeconds() * 10, TimeUnit.SECONDS);
    }

    @Test
    void post_answered_statusBodyAndWish_afterAPlainRequest() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        HttpReply reply = post(exchange -> {
            seen.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Name") + " "
                    + exchange.getRequestHeaders().getFirst("Upgrade") + " "
                    + new String(exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().set("Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT");
            exchange.sendResponseHeaders(503, 4);
            exchange.getResponseBody().write("busy".getBytes());
        });
        assertThat(seen).hasValue("POST /a value null hello");
        assertThat(reply).isEqualTo(new HttpReply.Answer(503, Duration.ofSeconds(9), Bytes.utf8("busy")));
    }

    @ParameterizedTest
    @ValueSource(ints = {MOST_BYTES, MOST_BYTES + 1, 1_000_000})
    void post_longBody_itsBeginning(int length) throws Exception {
        HttpReply reply = post(exchange -> {
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[length]);
        });
        assertThat(reply).isEqualTo(new HttpReply.Answer(200, null, Bytes.wrap(new byte[MOST_BYTES])));
    }

    @Test
    void post_redirect_isNotFollowed() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpReply reply = post(exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });
        assertThat(reply)
                .isInstanceOfSatisfying(
                        HttpReply.Answer.class,
                        answer -> assertThat(answer.status()).isEqualTo(307));
        assertThat(requests).hasValue(1);
    }

    @Test
    void post_silentServer_late() throws Exception {
        sender = new ClientSender(client, () -> NOW, SHORT, MOST_BYTES);
        CountDownLatch over = new CountDownLatch(1);
        HttpReply reply = post(exchange -> awaits(over, LIMIT.toMillis() * 5));
        over.countDown();
        assertThat(reply).isEqualTo(new HttpReply.Silence("no answer in time", true));
    }

    @Test
    void post_bodyDripsByteByByte_late() throws Exception {
        sender = new ClientSender(client, () -> NOW, SHORT, MOST_BYTES);
        CountDownLatch over = new CountDownLatch(1);
        HttpReply reply = post(exchange -> {
            exchange.sendResponseHeaders(200, 500);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < 500 && over.getCount() > 0; i++) {
                out.write(' ');
                out.flush();
                awaits(over, 50);
            }
        });
        over.countDown();
        assertThat(reply).isEqualTo(new HttpReply.Silence("no answer in time", true));
    }

    @Test
    void post_nobodyListens_silenceThatIsNotLate() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(post("http://127.0.0.1:" + port + "/", Map.of()))
                .isEqualTo(new HttpReply.Silence("ConnectException", false));
    }

    @Test
    void post_noWebAddressOrNoLegalHeader_refusedWithoutShowingIt() throws Exception {
        for (HttpReply reply : new HttpReply[] {
            post("file:///etc/passwd", Map.of()), post("https://a.example/", Map.of("X", "secret\r\nY: z"))
        }) {
            assertThat(reply).isInstanceOf(HttpReply.Refused.class);
            assertThat(reply.toString()).doesNotContain("passwd", "secret");
        }
    }

    private static void awaits(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
