package dev.waggle.auth.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.spec.Parsed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints may do to us (T-09). */
class HttpDocumentsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1_000;

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final ExecutorService client = Executors.newFixedThreadPool(2);
    private final HttpDocuments documents = new HttpDocuments(client, LIMIT, MAX_BYTES);
    private HttpServer server;

    /** Answers a request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
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

    private Parsed<byte[]> get(Answer answer) throws Exception {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
        return get("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private Parsed<byte[]> get(String address) throws Exception {
        long start = System.nanoTime();
        Parsed<byte[]> document =
                documents.get(URI.create(address)).toCompletableFuture().get(LIMIT.toSeconds() * 4, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plusSeconds(10));
        return document;
    }

    private static String reason(Parsed<byte[]> document) {
        return document.fold(bytes -> "a document of " + bytes.length, reason -> reason);
    }

    @Test
    void get_document_itsBytes() throws Exception {
        Parsed<byte[]> document = get(exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(document.get()).asString().isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 401, 404, 500, 503})
    void get_otherStatus_isBad(int status) throws Exception {
        assertThat(reason(get(exchange -> exchange.sendResponseHeaders(status, -1))))
                .contains("status " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/elsewhere", "http://127.0.0.1:1/", "file:///etc/passwd", "https://example.org/"})
    void get_redirect_isNotFollowed(String location) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        assertThat(reason(get(exchange -> {
                    requests.incrementAndGet();
                    exchange.getResponseHeaders().set("Location", location);
                    exchange.sendResponseHeaders(302, -1);
                })))
                .contains("status 302");
        assertThat(requests).hasValue(1);
    }

    @Test
    void get_endlessBody_givenUpAtTheLimit() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Parsed<byte[]> document = get(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 100_000; i++) {
                    out.write(new byte[1_000]);
                }
            } catch (IOException e) {
                broken.set(true);
                throw e;
            }
        });
        assertThat(reason(document)).contains("longer than 1000 bytes");
        await().untilTrue(broken);
    }

    @Test
    void get_bodyOfOneByteTooMuch_isBad() throws Exception {
        assertThat(reason(get(exchange -> {
                    exchange.sendResponseHeaders(200, MAX_BYTES + 1);
                    exchange.getResponseBody().write(new byte[MAX_BYTES + 1]);
                })))
                .contains("longer than");
    }

    @Test
    void get_silentServer_givenUpInTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Parsed<byte[]> document = get(exchange -> {
            try {
                over.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        over.countDown();
        assertThat(document.isOk()).isFalse();
    }

    @Test
    void get_bodyDripsByteByByte_givenUpInTimeAndHungUpOn() throws Exception {
        AtomicBoolean hungUp = new AtomicBoolean();
        CountDownLatch pace = new CountDownLatch(1);
        Parsed<byte[]> document = get(exchange -> {
            exchange.sendResponseHeaders(200, 500);
            try {
                for (int i = 0; i < 200; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    pace.await(50, TimeUnit.MILLISECONDS);
                }
            } catch (IOException e) {
                hungUp.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(reason(document)).contains("no complete answer");
        await().untilTrue(hungUp);
    }

    @Test
    void get_nobodyListens_isBad() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(reason(get("http://127.0.0.1:" + port + "/"))).contains("ConnectException");
    }

    @Test
    void get_noHttpAddress_isBad() throws Exception {
        assertThat(get("file:///etc/passwd").isOk()).isFalse();
        assertThat(get("mailto:a@b").isOk()).isFalse();
    }
}
