package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.it.HttpCaller.Answer;
import dev.waggle.broker.it.HttpCaller.Line;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/messages} of the whole broker, for users that differ from test to test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesIT {
    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private HttpCaller service(String name) {
        return new HttpCaller(broker, broker.token(name, "server", Actor.Role.SERVICE, Duration.ofMinutes(10)));
    }

    private static String notices(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"to\":\"d/%s%d\",\"body\":\"notice\",\"id\":\"n-%d\"}".formatted(prefix, i, i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The errors of a batch, empty for what was stored. */
    private static List<String> errors(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> errors = new ArrayList<>();
        answer.json().forEach(one -> errors.add(one.path("error").path("code").asText()));
        return errors;
    }

    @Test
    void one_isAnsweredWithSeqAndTime_andArrives() throws Exception {
        try (Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            JsonNode answer = service("shop")
                    .messages(
                            "{\"to\":\"d/bob\",\"body\":\"your parcel\",\"contentType\":\"text/plain\",\"id\":\"p-1\"}")
                    .json();
            assertThat(answer.path("id").asText()).isEqualTo("p-1");
            assertThat(answer.path("seq").asLong()).isEqualTo(1);
            String topic = "u/bob/in/d/shop/shop/1/" + answer.path("ts").asLong();
            await().untilAsserted(() -> assertThat(bob.arrived)
                    .anyMatch(one -> one.topic().equals(topic) && one.text().equals("your parcel")));
        }
    }

    @Test
    void batch_sentTwice_isStoredOnce_withTheSameAnswers() throws Exception {
        HttpCaller bank = service("bank");
        Answer first = bank.messages(notices("client", 1_000));
        assertThat(errors(first)).hasSize(1_000).containsOnly("");
        assertThat(first.json().findValuesAsText("id"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "n-" + i).toList());
        assertThat(bank.messages(notices("client", 1_000))).isEqualTo(first);
        for (int i = 0; i < 1_000; i += 333) {
            assertThat(HttpCaller.of(broker, "client" + i).history("d/bank"))
                    .containsExactly(new Line(1, "bank", "", "notice"));
        }
    }

    @Test
    void key_isTheSameOverMqtt_andWithAnotherBodyRefused() throws Exception {
        try (Device5 mqtt = new Device5(broker, "both", "phone").connect()) {
            assertThat(mqtt.send("d/ben", "hello", "k-1").seq()).isEqualTo(1);
        }
        HttpCaller http = HttpCaller.of(broker, "both");
        Answer repeated = http.messages("[{\"to\":\"d/ben\",\"body\":\"hello\",\"id\":\"k-1\"}"
                + ",{\"to\":\"d/ben\",\"body\":\"other\",\"id\":\"k-1\"}]");
        assertThat(errors(repeated)).containsExactly("", "id-reused");
        assertThat(repeated.json().get(0).path("seq").asLong()).isEqualTo(1);
        assertThat(HttpCaller.of(broker, "ben").history("d/both")).hasSize(1);
    }

    @Test
    void refusals_standAmongTheAnswers_inTheirPlaces() throws Exception {
        HttpCaller.of(broker, "owner").call("group.create", "{\"group\":\"closed\"}");
        Answer answer = service("mixed")
                .messages(
                        "[{\"to\":\"d/one\",\"body\":\"x\",\"id\":\"a\"},{\"to\":\"g/closed\",\"body\":\"x\",\"id\":\"b\"}"
                                + ",{\"to\":\"elsewhere\",\"body\":\"x\",\"id\":\"c\"},{\"to\":\"d/two\",\"body\":\""
                                + "x".repeat(65_537)
                                + "\",\"id\":\"d\"},{\"to\":\"d/three\",\"body\":\"x\",\"id\":\"e\"}]");
        assertThat(errors(answer)).containsExactly("", "not-member", "bad-request", "too-large", "");
        assertThat(answer.json().findValuesAsText("id")).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void order_ofABatch_isTheOrderOfTheLog() throws Exception {
        String batch = IntStream.range(0, 50)
                .mapToObj(i -> "{\"to\":\"d/listener\",\"body\":\"m%d\"}".formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(errors(service("teller").messages(batch))).containsOnly("");
        assertThat(HttpCaller.of(broker, "listener").history("d/teller"))
                .extracting(Line::body)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void user_isUnderItsOwnRate_aServiceIsNot() throws Exception {
        String batch = notices("friend", 150);
        List<String> user = errors(HttpCaller.of(broker, "person").messages(batch));
        assertThat(user.subList(0, 100)).containsOnly("");
        assertThat(user.subList(110, 150)).containsOnly("rate-limited");
        assertThat(errors(service("machine").messages(batch))).containsOnly("");
    }

    @Test
    void agent_isNamedBesideTheUserItActsFor() throws Exception {
        TokenRequest request = TokenRequest.of(
                        new UserId("carl"), new DeviceId("bot"), Actor.Role.SERVICE, Duration.ofMinutes(10))
                .actedBy(new UserId("billing"))
                .get();
        HttpCaller agent = new HttpCaller(broker, broker.token(request));
        assertThat(errors(agent.messages("[{\"to\":\"d/dora\",\"body\":\"your bill\"}]")))
                .containsExactly("");
        assertThat(HttpCaller.of(broker, "dora").history("d/carl"))
                .containsExactly(new Line(1, "carl~billing", "", "your bill"));
    }

    @Test
    void asAWhole_aBatchIsRefused_withoutTokenOrWithTooMuch() throws Exception {
        HttpCaller caller = service("whole");
        assertThat(new HttpCaller(broker, null).messages("[]").status()).isEqualTo(401);
        assertThat(caller.messages("[]").body()).isEqualTo("[]");
        assertThat(caller.messages("[{]").error()).isEqualTo("bad-request");
        assertThat(caller.messages(notices("many", 1_001)).error()).isEqualTo("too-large");
        assertThat(caller.messages("\"" + "x".repeat(1 << 20) + "\"").status()).isEqualTo(413);
        assertThat(HttpCaller.of(broker, "many0").call("inbox", "{}").json().path("conversations"))
                .isEmpty();
    }
}
