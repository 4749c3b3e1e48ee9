package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Users report messages, moderators look at them and do something, on a whole broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private HttpCaller with(Actor.Role role) {
        return new HttpCaller(broker, broker.token("mod", "desk", role, Duration.ofMinutes(10)));
    }

    private HttpCaller user(String name) {
        return HttpCaller.of(broker, name);
    }

    private static HttpCaller.Answer ok(HttpCaller.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String report(String conv, String seqs) {
        return "{\"conv\":\"%s\",\"seqs\":%s,\"reason\":\"spam\"}".formatted(conv, seqs);
    }

    /** Its line in the list of those that wait. */
    private static JsonNode open(HttpCaller moderator, String id) throws Exception {
        JsonNode found = MissingNode.getInstance();
        for (JsonNode line :
                ok(moderator.admin("/admin/v1/reports?state=open")).json().path("reports")) {
            found = line.path("id").asText().equals(id) ? line : found;
        }
        return found;
    }

    private static void send(HttpCaller from, String to, String body) throws Exception {
        ok(from.messages("{\"to\":\"%s\",\"body\":\"%s\"}".formatted(to, body)));
    }

    private static List<String> bodies(HttpCaller reader, String conv) throws Exception {
        return reader.history(conv).stream()
                .filter(line -> line.kind().isEmpty())
                .map(HttpCaller.Line::body)
                .toList();
    }

    @Test
    void report_keepsTheEvidence_alsoAfterARestart_andAModeratorDeletesIt() throws Exception {
        HttpCaller mallory = user("mallory");
        HttpCaller bob = user("bob");
        send(mallory, "d/bob", "hello");
        send(mallory, "d/bob", "buy this");
        String id = ok(bob.call("message.report", report("d/mallory", "[[2,2]]"), "k"))
                .json()
                .path("report")
                .asText();
        assertThat(ok(bob.call("message.report", report("d/mallory", "[[2,2]]"), "k"))
                        .body())
                .contains(id);
        assertThat(bob.call("message.report", report("d/mallory", "[[1,2]]"), "k")
                        .error())
                .isEqualTo("id-reused");
        ok(mallory.call("message.delete", "{\"conv\":\"d/bob\",\"seqs\":[[1,1]],\"for\":\"all\"}"));
        broker.restart();

        HttpCaller moderator = with(Actor.Role.MODERATOR);
        JsonNode line = open(moderator, id);
        assertThat(line.path("reporter").asText()).isEqualTo("bob");
        assertThat(line.has("messages")).isFalse();
        JsonNode message = ok(moderator.admin("/admin/v1/reports/" + id))
                .json()
                .path("messages")
                .path(0);
        assertThat(message.path("from").asText()).isEqualTo("mallory");
        assertThat(message.path("body").asText()).isEqualTo("buy this");
        assertThat(moderator
                        .adminPost("/admin/v1/reports/" + id, "{\"state\":\"resolved\",\"action\":\"ban\"}")
                        .error())
                .isEqualTo("not-allowed");
        try (Device3 device = new Device3(broker, "bob", "old").connect().subscribe()) {
            ok(moderator.adminPost(
                    "/admin/v1/reports/" + id, "{\"state\":\"resolved\",\"action\":\"delete\",\"note\":\"spam\"}"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(device.arrived)
                            .anyMatch(one -> one.topic().startsWith("u/bob/ev/d/mallory/delete/mod/4/")));
        }
        assertThat(bodies(user("bob"), "d/mallory")).doesNotContain("buy this");
        assertThat(ok(moderator.admin("/admin/v1/reports/" + id)).body())
                .contains("buy this", "\"closedBy\":\"mod\"", "\"action\":\"delete\"");
        assertThat(open(moderator, id).isMissingNode()).isTrue();
        assertThat(moderator
                        .adminPost("/admin/v1/reports/" + id, "{\"state\":\"dismissed\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatOneDoesNotSee_cannotBeReported_andNobodyReportsWithoutEnd() throws Exception {
        HttpCaller carol = user("carol");
        send(carol, "d/dave", "hello");
        assertThat(user("eve")
                        .call("message.report", report("g/secret", "[[1,1]]"))
                        .error())
                .isEqualTo("not-member");
        assertThat(user("dave")
                        .call("message.report", report("d/carol", "[[2,9]]"))
                        .error())
                .isEqualTo("not-found");
        assertThat(user("dave")
                        .call("message.report", report("d/carol", "[[1,21]]"))
                        .error())
                .isEqualTo("bad-request");
        HttpCaller dave = user("dave");
        for (int i = 0; i < 10; i++) {
            ok(dave.call("message.report", report("d/carol", "[[1,1]]")));
        }
        assertThat(dave.call("message.report", report("d/carol", "[[1,1]]")).error())
                .isEqualTo("rate-limited");
    }

    @Test
    void moderator_mayLookAtReports_andNothingElse_andOthersNotEvenThat() throws Exception {
        HttpCaller moderator = with(Actor.Role.MODERATOR);
        assertThat(moderator.admin("/admin/v1/sessions").status()).isEqualTo(403);
        assertThat(moderator.adminPost("/admin/v1/users/bob/shadow", "").status())
                .isEqualTo(403);
        assertThat(moderator.admin("/admin/v1/users").status()).isEqualTo(403);
        assertThat(with(Actor.Role.USER).admin("/admin/v1/reports").status()).isEqualTo(403);
        assertThat(with(Actor.Role.SERVICE).admin("/admin/v1/reports").status()).isEqualTo(403);
        assertThat(moderator.admin("/admin/v1/reports?state=new").error()).isEqualTo("bad-request");
        assertThat(moderator.admin("/admin/v1/reports/nothing").status()).isEqualTo(404);
    }

    @Test
    void shadowedUser_seesItsOwnMessages_nobodyElseDoes_alsoAfterARestart() throws Exception {
        HttpCaller operator = HttpCaller.operator(broker);
        send(user("trudy"), "d/frank", "before");
        ok(operator.adminPost("/admin/v1/users/trudy/shadow", ""));
        try (Device5 phone = new Device5(broker, "trudy", "phone").connect().subscribe();
                Device5 laptop =
                        new Device5(broker, "trudy", "laptop").connect().subscribe();
                Device5 frank = new Device5(broker, "frank", "phone").connect().subscribe();
                Device3 old = new Device3(broker, "frank", "old").connect().subscribe()) {
            phone.publish("u/trudy/now/d/frank", "typing", null);
            assertThat(phone.send("d/frank", "while").seq()).isEqualTo(2);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Arrived.texts(laptop.arrived)).containsExactly("while"));
            assertThat(user("trudy")
                            .call("group.create", "{\"name\":\"buy this\",\"members\":[\"frank\"]}")
                            .error())
                    .isEqualTo("not-allowed");
            broker.restart();
            assertThat(HttpCaller.operator(broker).admin("/admin/v1/shadowed").body())
                    .contains("\"trudy\"");
            phone.connect();
            frank.connect();
            old.connect();
            phone.send("d/frank", "after a restart");
            ok(HttpCaller.operator(broker).adminPost("/admin/v1/users/trudy/unshadow", ""));
            phone.send("d/frank", "again");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Arrived.texts(frank.arrived)).endsWith("again"));
            assertThat(Arrived.texts(frank.arrived)).doesNotContain("while", "after a restart", "typing");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Arrived.texts(old.arrived)).endsWith("again"));
            assertThat(Arrived.texts(old.arrived)).doesNotContain("while", "after a restart", "typing");
        }
        assertThat(bodies(user("frank"), "d/trudy")).containsExactly("before", "again");
        assertThat(bodies(user("trudy"), "d/frank")).containsExactly("before", "while", "after a restart", "again");
    }
}
