package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.broker.config.Secret;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.moderation.HostRule;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.moderation.TextRules;
import dev.waggle.broker.moderation.Verdict;
import dev.waggle.broker.moderation.WordSet;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rules for words and hosts, and a program that judges, on a whole broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModerationIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer judge;
    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        judge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        judge.setExecutor(threads);
        judge.createContext("/judge", this::judge);
        judge.start();
        String address = "http://127.0.0.1:" + judge.getAddress().getPort() + "/judge";
        WaggleConfig config = WaggleConfig.onFreePorts(data);
        TextRules rules = new TextRules(
                WordSet.of(List.of("casino")).get(),
                Verdict.REFUSE,
                new HostRule(Set.of(), Set.of("evil.example")),
                Verdict.FLAG);
        broker = new TestBroker(config.withModeration(new WaggleConfig.Moderation(
                100,
                new Screening.Terms(Set.of(Actor.Role.USER), rules, Screening.Reach.ALL, true),
                new WaggleConfig.Hook(
                        WebhookUrl.parse(address).get(), new Secret(SECRET), Duration.ofSeconds(1), true))));
    }

    @AfterAll
    void stop() {
        broker.close();
        judge.stop(0);
        threads.shutdownNow();
    }

    /** Hides what wants to be hidden, never answers to 'never', and nobody who does not sign. */
    private void judge(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.contains("never")) {
            return;
        }
        boolean signed = signature(exchange.getRequestHeaders().getFirst("Waggle-Signature"), body);
        String verdict = !signed ? "refuse" : text.contains("hide") ? "shadow" : "allow";
        byte[] answer = ("{\"verdict\":\"" + verdict + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static boolean signature(String header, byte[] body) {
        try {
            String time = header.substring(2, header.indexOf(','));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return header.endsWith("v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (Exception broken) {
            return false;
        }
    }

    private static List<String> bodies(HttpCaller reader, String conv) throws Exception {
        return reader.history(conv).stream()
                .filter(line -> line.kind().isEmpty())
                .map(HttpCaller.Line::body)
                .toList();
    }

    @Test
    void word_isRefused_overMqttAndHttp_andInAnEdit_andNotNamed() throws Exception {
        try (Device5 phone = new Device5(broker, "alice", "phone").connect().subscribe();
                Device3 old = new Device3(broker, "alice", "old").connect().subscribe()) {
            Device5.Sent refused = phone.send("d/bob", "the Cas\u200bINO");
            assertThat(refused.reasonCode()).isEqualTo(0x83);
            assertThat(refused.reason()).doesNotContainIgnoringCase("casino");
            long seq = phone.send("d/bob", "hello").seq();
            old.send("d/bob/k1", "casino");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(old.arrived)
                            .anyMatch(one -> one.topic().equals("u/alice/sent/d/bob/k1")
                                    && one.text().contains("not-allowed")));
            HttpCaller http = HttpCaller.of(broker, "alice");
            assertThat(http.messages("[{\"to\":\"d/bob\",\"body\":\"casino\"},{\"to\":\"d/bob\",\"body\":\"two\"}]")
                            .body())
                    .contains("not-allowed", "\"seq\":" + (seq + 1));
            assertThat(http.call("message.edit", "{\"conv\":\"d/bob\",\"seq\":%d,\"body\":\"casino\"}".formatted(seq))
                            .error())
                    .isEqualTo("not-allowed");
            assertThat(bodies(HttpCaller.of(broker, "bob"), "d/alice")).containsExactly("hello", "two");
        }
        HttpCaller operator = HttpCaller.operator(broker);
        assertThat(operator.messages("{\"to\":\"d/bob\",\"body\":\"casino\"}").body())
                .as("other roles are not looked at")
                .contains("\"seq\":1");
    }

    @Test
    void word_inTextsOfAGroup_orBesidesABody_isRefused_andTheJudgeIsNotAskedAboutNames() throws Exception {
        HttpCaller grace = HttpCaller.of(broker, "grace");
        assertThat(grace.call("group.create", "{\"group\":\"loud\",\"name\":\"The Casino\"}")
                        .error())
                .isEqualTo("not-allowed");
        assertThat(grace.call("group.create", "{\"group\":\"loud\",\"name\":\"never\"}")
                        .status())
                .isEqualTo(200);
        for (String text : List.of("\"name\":\"cas\u00adino\"", "\"topic\":\"a casino\"", "\"picture\":\"casino\"")) {
            assertThat(grace.call("group.update", "{\"group\":\"loud\"," + text + "}")
                            .error())
                    .as(text)
                    .isEqualTo("not-allowed");
        }
        assertThat(grace.call("group.update", "{\"group\":\"loud\",\"topic\":\"quiet\"}")
                        .status())
                .isEqualTo(200);
        assertThat(grace.messages("{\"to\":\"g/loud\",\"body\":\"hello\",\"contentType\":\"casino\"}")
                        .body())
                .contains("not-allowed");
        assertThat(bodies(grace, "g/loud")).isEmpty();
    }

    @Test
    void host_isFlagged_storedAndReported() throws Exception {
        HttpCaller carol = HttpCaller.of(broker, "carol");
        assertThat(carol.messages("{\"to\":\"d/dave\",\"body\":\"see http://evil.example/x\"}")
                        .body())
                .contains("\"seq\":1");
        HttpCaller operator = HttpCaller.operator(broker);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                operator.admin("/admin/v1/reports?state=open").body())
                        .contains("\"cause\":\"address\"", "\"reason\":\"evil.example\"", "\"dave\""));
        assertThat(bodies(HttpCaller.of(broker, "dave"), "d/carol")).hasSize(1);
        assertThat(operator.admin("/metrics").body())
                .contains("waggle_moderation_verdicts_total{verdict=\"flag\",by=\"address\",} 1.0");
    }

    @Test
    void hook_hides_andWhatItDoesNotJudge_isRefused() throws Exception {
        try (Device5 phone = new Device5(broker, "erin", "phone").connect().subscribe();
                Device5 laptop = new Device5(broker, "erin", "laptop").connect().subscribe();
                Device5 frank = new Device5(broker, "frank", "phone").connect().subscribe()) {
            long seq = phone.send("d/frank", "hide me").seq();
            assertThat(phone.send("d/frank", "never").reasonCode()).isEqualTo(0x83);
            assertThat(phone.send("d/frank", "hello").seq()).isEqualTo(seq + 1);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Arrived.texts(frank.arrived)).contains("hello"));
            assertThat(Arrived.texts(frank.arrived)).doesNotContain("hide me", "never");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Arrived.texts(laptop.arrived)).containsExactly("hide me", "hello"));
            HttpCaller http = HttpCaller.of(broker, "erin");
            assertThat(http.call(
                                    "message.edit",
                                    "{\"conv\":\"d/frank\",\"seq\":%d,\"body\":\"hide\"}".formatted(seq + 1))
                            .status())
                    .isEqualTo(200);
            assertThat(bodies(HttpCaller.of(broker, "frank"), "d/erin")).containsExactly("hello");
            assertThat(HttpCaller.operator(broker).admin("/metrics").body())
                    .contains("waggle_moderation_unanswered_total{why=\"late\",} 1.0");
        }
    }
}
