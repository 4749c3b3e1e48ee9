package dev.waggle.push.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.spec.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints may do to us, and where they may lead us (F18). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointSenderTest {
    /** Nothing that is answered takes so long. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** For what is not answered. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Bytes BODY = Bytes.utf8("hello");

    private final CountDownLatch over = new CountDownLatch(1);
    private final HostQueues queues = new HostQueues(Thread::new, new HostQueues.Limits(16, 4, 16));
    private TestCertificate tls;
    private Reach here;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        tls = new TestCertificate(folder);
        here = Reach.parse(List.of("127.0.0.1")).get();
    }

    @AfterAll
    void stop() {
        over.countDown();
        queues.close();
    }

    private EndpointSender sender(Reach reach, Names names) {
        return sender(reach, names, LIMIT);
    }

    private EndpointSender sender(Reach reach, Names names, Duration limit) {
        return new EndpointSender(
                new Attempt.Means(reach, names, tls.context().getSocketFactory(), () -> Pushes.NOW, limit), queues);
    }

    private static Names leadingTo(String... addresses) {
        return host -> {
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
                found.add(InetAddress.getByName(address));
            }
            return found;
        };
    }

    private static CompletableFuture<HttpReply> post(EndpointSender sender, String address) {
        return sender.post(new HttpCall(URI.create(address), Map.of("TTL", "60"), BODY))
                .toCompletableFuture();
    }

    private static HttpReply reply(EndpointSender sender, String address) throws Exception {
        return post(sender, address).get(LIMIT.toSeconds() * 5, TimeUnit.SECONDS);
    }

    /** The server's side of TLS. */
    private SSLSocket secured(Socket connection) throws Exception {
        SSLSocketFactory sockets = tls.context().getSocketFactory();
        SSLSocket secured = (SSLSocket) sockets.createSocket(connection, null, true);
        secured.setUseClientMode(false);
        return secured;
    }

    /** Until the body is there. */
    private static String request(InputStream in) throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (!seen.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\nhello")) {
            seen.write(in.read());
        }
        return seen.toString(StandardCharsets.US_ASCII);
    }

    private StrangerServer answering(String response) throws Exception {
        return new StrangerServer(connection -> {
            SSLSocket secured = secured(connection);
            request(secured.getInputStream());
            secured.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            secured.close();
        });
    }

    @Test
    void post_isOneRequest_toTheNameThatWasMeant() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (StrangerServer server = new StrangerServer(connection -> {
            SSLSocket secured = secured(connection);
            String request = request(secured.getInputStream());
            Object name = ((ExtendedSSLSession) secured.getSession()).getRequestedServerNames();
            seen.complete(request + " " + name);
            secured.getOutputStream()
                    .write("HTTP/1.1 429 x\r\nRetry-After: Thu, 01 Jan 2026 00:00:09 GMT\r\n\r\nbody".getBytes());
            secured.close();
        })) {
            String address = "https://push.test:" + server.port() + "/a?b=c";
            assertThat(reply(sender(here, leadingTo("127.0.0.1")), address))
                    .isEqualTo(new HttpReply.Answer(429, Duration.ofSeconds(9), Bytes.EMPTY));
            assertThat(seen.get(5, TimeUnit.SECONDS))
                    .isEqualTo("POST /a?b=c HTTP/1.1\r\nHost: push.test:" + server.port()
                            + "\r\nConnection: close\r\nContent-Length: 5\r\nTTL: 60\r\n\r\nhello"
                            + " [type=host_name (0), value=push.test]");
        }
    }

    /** The name has no address but the one that was checked: nobody asks again, and neither does TLS. */
    @Test
    void post_namesAnswerChangesAfterTheCheck_isNotNoticed() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        Names changing = host -> {
            if (lookUps.incrementAndGet() > 1) {
                throw new UnknownHostException("asked again");
            }
            return List.of(InetAddress.getByName("127.0.0.1"));
        };
        try (StrangerServer server = answering("HTTP/1.1 201 Created\r\n\r\n")) {
            assertThat(reply(sender(here, changing), "https://push.test:" + server.port() + "/"))
                    .isEqualTo(new HttpReply.Answer(201, null, Bytes.EMPTY));
            assertThat(lookUps).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "9.9.9.9 127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "fd00::1", "::1"})
    void post_nameLeadsToAPrivateAddress_isRefused_beforeAnyConnection(String addresses) throws Exception {
        try (StrangerServer server = answering("HTTP/1.1 201 Created\r\n\r\n")) {
            EndpointSender sender = sender(Reach.PUBLIC, leadingTo(addresses.split(" ")));
            assertThat(reply(sender, "https://push.test:" + server.port() + "/"))
                    .isEqualTo(new HttpReply.Refused("the endpoint leads into a network that is not public"));
            assertThat(server.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:%d/x.google.com/",
                "https://push.example@127.0.0.1:%d/",
                "https://[::ffff:127.0.0.1]:%d/",
                "https://[::1]:%d/",
                "https://2130706433:%d/",
                "https://0x7f000001:%d/",
                "https://0177.0.0.1:%d/",
                "https://127.1:%d/",
                "https://localhost.:%d/",
                "https://localhost:%d/",
                "http://127.0.0.1:%d/"
            })
    void post_trickyAddress_isRefused_beforeAnyConnection(String form) throws Exception {
        try (StrangerServer server = answering("HTTP/1.1 201 Created\r\n\r\n")) {
            assertThat(reply(sender(Reach.PUBLIC, Names.ofTheSystem()), String.format(form, server.port())))
                    .isInstanceOf(HttpReply.Refused.class);
            assertThat(server.connections).hasValue(0);
        }
    }

    @Test
    void post_redirect_isAnAnswer_andNotFollowed() throws Exception {
        try (StrangerServer elsewhere = answering("HTTP/1.1 201 Created\r\n\r\n");
                StrangerServer server =
                        answering("HTTP/1.1 307 x\r\nLocation: https://127.0.0.1:" + elsewhere.port() + "/\r\n\r\n")) {
            assertThat(reply(sender(here, leadingTo("127.0.0.1")), "https://127.0.0.1:" + server.port() + "/"))
                    .isEqualTo(new HttpReply.Answer(307, null, Bytes.EMPTY));
            assertThat(elsewhere.connections).hasValue(0);
        }
    }

    @Test
    void post_certificateOfAnotherName_orOfNobody_isNoConnection() throws Exception {
        try (StrangerServer server = answering("HTTP/1.1 201 Created\r\n\r\n")) {
            assertThat(reply(sender(here, leadingTo("127.0.0.1")), "https://other.test:" + server.port() + "/"))
                    .isEqualTo(new HttpReply.Silence("SSLHandshakeException", false));
            EndpointSender suspicious = new EndpointSender(
                    new Attempt.Means(
                            here,
                            leadingTo("127.0.0.1"),
                            (SSLSocketFactory) SSLSocketFactory.getDefault(),
                            () -> Pushes.NOW,
                            LIMIT),
                    queues);
            assertThat(reply(suspicious, "https://push.test:" + server.port() + "/"))
                    .isEqualTo(new HttpReply.Silence("SSLHandshakeException", false));
        }
    }

    @Test
    void post_serverThatSaysNothing_orDrips_isGivenUpInTime() throws Exception {
        StrangerServer.Behaviour silent = connection -> over.await(LIMIT.toSeconds() * 5, TimeUnit.SECONDS);
        StrangerServer.Behaviour silentInTls = connection -> {
            SSLSocket secured = secured(connection);
            request(secured.getInputStream());
            over.await(LIMIT.toSeconds() * 5, TimeUnit.SECONDS);
        };
        StrangerServer.Behaviour dripping = connection -> {
            SSLSocket secured = secured(connection);
            OutputStream out = secured.getOutputStream();
            while (!over.await(100, TimeUnit.MILLISECONDS)) {
                out.write('H');
                out.flush();
            }
        };
        try (StrangerServer one = new StrangerServer(silent);
                StrangerServer two = new StrangerServer(silentInTls);
                StrangerServer three = new StrangerServer(dripping)) {
            EndpointSender sender = sender(here, leadingTo("127.0.0.1"), SHORT);
            long start = System.nanoTime();
            // Under two names, for one may not have so many threads.
            List<CompletableFuture<HttpReply>> replies = List.of(
                    post(sender, "https://127.0.0.1:" + one.port() + "/"),
                    post(sender, "https://push.test:" + two.port() + "/"),
                    post(sender, "https://push.test:" + three.port() + "/"));
            for (CompletableFuture<HttpReply> reply : replies) {
                assertThat(reply.get(LIMIT.toSeconds() * 5, TimeUnit.SECONDS))
                        .isEqualTo(new HttpReply.Silence("no answer in time", true));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        }
    }

    @Test
    void post_moreThanCanWait_isToldAtOnce() throws Exception {
        try (HostQueues few = new HostQueues(Thread::new, new HostQueues.Limits(8, 2, 2));
                StrangerServer server =
                        new StrangerServer(connection -> over.await(LIMIT.toSeconds() * 5, TimeUnit.SECONDS))) {
            EndpointSender sender = new EndpointSender(
                    new Attempt.Means(
                            here, leadingTo("127.0.0.1"), tls.context().getSocketFactory(), () -> Pushes.NOW, SHORT),
                    few);
            String address = "https://push.test:" + server.port() + "/";
            CompletableFuture<HttpReply> first = post(sender, address);
            post(sender, address);
            CompletableFuture<HttpReply> third = post(sender, address);
            post(sender, address);
            assertThat(post(sender, address))
                    .isCompletedWithValue(new HttpReply.Silence("too many are waiting", false));
            assertThat(first.get(LIMIT.toSeconds() * 5, TimeUnit.SECONDS))
                    .isEqualTo(new HttpReply.Silence("no answer in time", true));
            assertThat(third.get(LIMIT.toSeconds() * 5, TimeUnit.SECONDS))
                    .isIn(
                            new HttpReply.Silence("waited too long for its turn", false),
                            new HttpReply.Silence("no answer in time", true));
        }
    }

    @Test
    void post_unknownName_orNobodyThere_isSilence() throws Exception {
        Names nowhere = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(reply(sender(here, nowhere), "https://push.test/secret"))
                .isEqualTo(new HttpReply.Silence("UnknownHostException", false));
        int port;
        try (StrangerServer closed = answering("")) {
            port = closed.port();
        }
        assertThat(reply(sender(here, leadingTo("127.0.0.1")), "https://push.test:" + port + "/"))
                .isEqualTo(new HttpReply.Silence("ConnectException", false));
    }

    @Test
    void post_headerWithALineBreak_isRefused() throws Exception {
        HttpCall call = new HttpCall(URI.create("https://push.test/"), Map.of("A", "b\r\nC: d"), BODY);
        assertThat(sender(here, leadingTo("127.0.0.1")).post(call).toCompletableFuture())
                .isCompletedWithValue(new HttpReply.Refused("no legal header"));
    }
}
