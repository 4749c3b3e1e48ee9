package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.it.HttpCaller.Answer;
import dev.waggle.broker.it.HttpCaller.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Both HTTP doors of the whole broker, for users that differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpIT {
    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private static void assertRefused(Answer answer, int status, String code) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(code);
        assertThat(answer.json().path("error").path("message").asText()).isNotBlank();
    }

    @Test
    void adminDoor_withoutToken_tellsHealthAndMetrics() throws Exception {
        HttpCaller anybody = new HttpCaller(broker, null);
        assertThat(anybody.admin("/livez").status()).isEqualTo(200);
        assertThat(anybody.admin("/readyz").json().path("status").asText()).isEqualTo("ready");
        Answer metrics = anybody.admin("/metrics");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body())
                .contains("# TYPE waggle_connections gauge", "waggle_store_commands_total{outcome=\"accepted\"");
        assertThat(anybody.admin("/other").status()).isEqualTo(404);
    }

    @Test
    void metrics_aMessageMore_isCounted() throws Exception {
        HttpCaller anybody = new HttpCaller(broker, null);
        double before = accepted(anybody.admin("/metrics").body());
        try (Device5 counted = new Device5(broker, "counted", "phone").connect()) {
            counted.send("d/counted", "one more");
            assertThat(anybody.admin("/metrics").body()).contains("waggle_connections 1.0");
        }
        assertThat(accepted(anybody.admin("/metrics").body())).isGreaterThanOrEqualTo(before + 1);
    }

    private static double accepted(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("waggle_store_commands_total{outcome=\"accepted\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void group_createdByHttp_isKnownToItsMembers() throws Exception {
        HttpCaller ann = HttpCaller.of(broker, "ann");
        Answer created = ann.call("group.create", "{\"group\":\"choir\",\"name\":\"Choir\",\"members\":[\"ben\"]}");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.contentType()).startsWith("application/json");
        assertThat(created.json().path("group").asText()).isEqualTo("choir");
        assertThat(created.json().path("seq").asLong()).isEqualTo(1);

        JsonNode info = HttpCaller.of(broker, "ben")
                .call("group.info", "{\"group\":\"choir\"}")
                .json();
        assertThat(info.path("name").asText()).isEqualTo("Choir");
        assertThat(info.path("role").asText()).isEqualTo("member");
        assertThat(info.path("members").findValuesAsText("user")).containsExactlyInAnyOrder("ann", "ben");
    }

    @Test
    void message_sentByMqtt_isInHistoryAndInboxOverHttp() throws Exception {
        HttpCaller ben = HttpCaller.of(broker, "bert");
        try (Device5 ann = new Device5(broker, "anna", "phone").connect()) {
            ann.send("d/bert", "first");
            ann.send("d/bert", "second");
        }
        assertThat(ben.history("d/anna"))
                .containsExactly(new Line(1, "anna", "", "first"), new Line(2, "anna", "", "second"));
        JsonNode inbox = ben.call("inbox", "{}").json().path("conversations");
        assertThat(inbox).hasSize(1);
        assertThat(inbox.get(0).path("conv").asText()).isEqualTo("d/anna");
        assertThat(inbox.get(0).path("last").asLong()).isEqualTo(2);
        assertThat(inbox.get(0).path("unread").asLong()).isEqualTo(2);
    }

    @Test
    void history_manyMessages_comesInPagesWithoutHoles() throws Exception {
        try (Device5 writer = new Device5(broker, "writer", "phone").connect()) {
            for (int i = 1; i <= 90; i++) {
                writer.send("d/reader", "m" + i);
            }
        }
        HttpCaller reader = HttpCaller.of(broker, "reader");
        assertThat(reader.history("d/writer"))
                .extracting(Line::body)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 90).mapToObj(i -> "m" + i).toList());
        JsonNode newest = reader.call("history", "{\"conv\":\"d/writer\",\"before\":91,\"limit\":40}")
                .json();
        assertThat(newest.path("messages").findValuesAsText("seq"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(51, 90).mapToObj(String::valueOf).toList());
        assertThat(newest.path("first").asLong()).isEqualTo(1);
        assertThat(newest.path("last").asLong()).isEqualTo(90);
    }

    @Test
    void me_tellsWhoAsksAndUntilWhen() throws Exception {
        JsonNode me = HttpCaller.of(broker, "meg").call("me", "{}").json();
        assertThat(me.path("user").asText()).isEqualTo("meg");
        assertThat(me.path("device").asText()).isEqualTo("http");
        assertThat(me.path("roles")).extracting(JsonNode::asText).containsExactly("user");
        assertThat(me.path("exp").asLong() * 1000).isGreaterThan(me.path("now").asLong());
        assertThat(me.path("limits").isObject()).isTrue();
    }

    @Test
    void call_noOrBadToken_401() throws Exception {
        assertRefused(new HttpCaller(broker, null).call("me", "{}"), 401, "unauthorized");
        assertRefused(new HttpCaller(broker, "no.token.this").call("me", "{}"), 401, "unauthorized");
    }

    @Test
    void call_expiredToken_401() throws Exception {
        HttpCaller late = new HttpCaller(broker, broker.token("late", "http", Duration.ofSeconds(1)));
        await().atMost(Duration.ofSeconds(10)).until(() -> late.call("me", "{}").status() != 200);
        assertRefused(late.call("me", "{}"), 401, "unauthorized");
    }

    @Test
    void call_unknownMethodOrBadJson_404Or400() throws Exception {
        HttpCaller ann = HttpCaller.of(broker, "ann2");
        assertRefused(ann.call("fly", "{}"), 404, "not-found");
        assertRefused(ann.call("history", "{\"conv\":"), 400, "bad-request");
        assertRefused(ann.call("history", "{\"conv\":\"elsewhere\"}"), 400, "bad-request");
        assertRefused(ann.call("history", "[]"), 400, "bad-request");
    }

    @Test
    void call_aGroupOfOthersOrOfNobody_answersAlike() throws Exception {
        HttpCaller.of(broker, "owner").call("group.create", "{\"group\":\"club\"}");
        HttpCaller stranger = HttpCaller.of(broker, "stranger");
        Answer closed = stranger.call("history", "{\"conv\":\"g/club\"}");
        Answer nowhere = stranger.call("history", "{\"conv\":\"g/nowhere\"}");
        assertRefused(closed, 403, "not-member");
        assertThat(nowhere).isEqualTo(closed);
        assertRefused(stranger.call("group.info", "{\"group\":\"club\"}"), 403, "not-member");
    }

    @Test
    void call_groupIdTaken_409() throws Exception {
        HttpCaller.of(broker, "early").call("group.create", "{\"group\":\"taken\"}");
        assertRefused(HttpCaller.of(broker, "late2").call("group.create", "{\"group\":\"taken\"}"), 409, "exists");
    }

    @Test
    void idempotencyKey_sameBody_repeatsTheAnswer_anotherBody_409() throws Exception {
        HttpCaller kay = HttpCaller.of(broker, "kay");
        Answer first = kay.call("group.create", "{\"members\":[\"lea\"]}", "key-1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(kay.call("group.create", "{\"members\":[\"lea\"]}", "key-1")).isEqualTo(first);
        assertRefused(kay.call("group.create", "{\"members\":[\"max\"]}", "key-1"), 409, "id-reused");
    }
}
