package dev.waggle.push.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.push.http.ClientSender;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.http.HttpSender;
import dev.waggle.spec.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookProviderTest {
    private static final String SECRET = "a secret of thirty-two bytes, ok!";
    private static final Address TO = new Address.Webhook("mail:alice");

    private static WebhookProvider provider(String url, HttpSender sender) {
        return new WebhookProvider(WebhookUrl.parse(url).get(), Bytes.utf8(SECRET), sender, () -> Pushes.NOW);
    }

    private static Outcome send(HttpReply reply, Address to, Push push) throws Exception {
        return provider("https://hook.example/", call -> CompletableFuture.completedFuture(reply))
                .send(to, push)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** As the README tells authors of receivers to do it. */
    private static boolean isOurs(String header, byte[] body) throws Exception {
        String seconds = header.replaceFirst("t=(\\d+),v1=.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
        return header.equals("t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
    }

    @Test
    void send_isOneSignedPost_thatSaysAllOfThePush() throws Exception {
        ExecutorService client = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CompletableFuture<String> header = new CompletableFuture<>();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        server.createContext("/hook", exchange -> {
            try (exchange) {
                header.complete(exchange.getRequestHeaders().getFirst("Waggle-Signature"));
                body.complete(exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(202, -1);
            }
        });
        server.start();
        try {
            Outcome outcome = provider(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=1",
                            new ClientSender(client, () -> Pushes.NOW, Duration.ofSeconds(5), 1_000))
                    .send(TO, Pushes.full())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(outcome).isEqualTo(new Outcome.Accepted("status 202"));
            JsonNode said = new ObjectMapper().readTree(body.join());
            assertThat(said.get("address").asText()).isEqualTo("mail:alice");
            assertThat(said.get("user").asText()).isEqualTo("alice");
            assertThat(said.get("device").asText()).isEqualTo("phone");
            assertThat(said.at("/body").asText()).isEqualTo("Hello Alice");
            assertThat(header.join()).startsWith("t=1767225600,v1=");
            assertThat(isOurs(header.join(), body.join())).isTrue();
            assertThat(isOurs(header.join(), "{}".getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
            assertThat(isOurs(header.join().replace("t=1", "t=2"), body.join())).isFalse();
        } finally {
            server.stop(0);
            client.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, Accepted", "204, Accepted", "410, Gone", "400, Undeliverable", "413, Undeliverable",
        "422, Undeliverable", "301, Misconfigured", "401, Misconfigured", "403, Misconfigured", "404, Misconfigured",
        "405, Misconfigured", "408, Later", "429, Later", "500, Later", "503, Later"
    })
    void answer_isAnOutcome(int status, String outcome) throws Exception {
        Outcome met =
                send(new HttpReply.Answer(status, Duration.ofSeconds(7), Bytes.utf8("its words")), TO, Pushes.update());
        assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(met.reason()).startsWith("status " + status).doesNotContain("words");
        if (met instanceof Outcome.Later later) {
            assertThat(later.after()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void noAnswer_isTriedLater() throws Exception {
        assertThat(send(new HttpReply.Silence("gone quiet", true), TO, Pushes.full()))
                .isEqualTo(new Outcome.Later("gone quiet", Duration.ofSeconds(10), null, true));
    }

    @Test
    void addressOfAnotherKind_isUndeliverable() throws Exception {
        assertThat(send(new HttpReply.Answer(200, null, Bytes.EMPTY), new Address.Fcm("x", true), Pushes.full()))
                .isInstanceOf(Outcome.Undeliverable.class);
    }

    @Test
    void shortSecret_isRefused() {
        Bytes tooShort = Bytes.wrap(new byte[31]);
        WebhookUrl url = WebhookUrl.parse("https://hook.example/").get();
        assertThatThrownBy(() -> new WebhookProvider(url, tooShort, call -> null, () -> Pushes.NOW))
                .hasMessageContaining("at least 32 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook.example",
                "http://hook.example/",
                "ftp://hook.example/",
                "https:///x",
                "https://u:p@hook.example/",
                "http://127.0.0.1.hook.example/",
                "https://hook.example/#x",
                "https://hook example/"
            })
    void url_thatIsNotSafe_isBad_andNotShown(String text) {
        String reason = WebhookUrl.parse(text).fold(WebhookUrl::toString, bad -> bad);
        assertThat(reason).startsWith("must be");
    }

    @Test
    void url_textForm_hidesWhatMayBeACredential() {
        assertThat(WebhookUrl.parse("https://hook.example/?key=secret").get().toString())
                .doesNotContain("secret");
    }
}
