package dev.waggle.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.push.Address;
import dev.waggle.push.Alert;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.Pushes;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.json.PushJson;
import dev.waggle.spec.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushProviderTest {
    private static final String ENDPOINT = "https://push.example/wpush/v2/secret";

    private final List<HttpCall> calls = new ArrayList<>();
    private HttpReply reply = new HttpReply.Answer(201, null, Bytes.EMPTY);
    private final Receiver receiver = Receiver.fresh();
    private final WebPushProvider provider = new WebPushProvider(
            VapidKey.make(new SecureRandom()),
            VapidContact.parse("mailto:ops@chat.example.org").get(),
            call -> {
                calls.add(call);
                return CompletableFuture.completedFuture(reply);
            },
            new SecureRandom(),
            () -> Pushes.NOW);

    private Outcome send(Address to, Push push) throws Exception {
        return provider.send(to, push).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Outcome send(Push push) throws Exception {
        return send(receiver.at(ENDPOINT), push);
    }

    private JsonNode received(HttpCall call) throws Exception {
        return new ObjectMapper().readTree(receiver.decrypt(call.body()).shared());
    }

    @Test
    void send_shownPush_isReadByTheReceiver_andSaysNothingToTheServiceBetween() throws Exception {
        assertThat(send(Pushes.full())).isEqualTo(new Outcome.Accepted("status 201"));

        HttpCall call = calls.get(0);
        assertThat(call.address()).hasToString(ENDPOINT);
        assertThat(received(call))
                .isEqualTo(new ObjectMapper()
                        .readTree(new PushJson().write(Pushes.full(), out -> {}).shared()));
        assertThat(call.headers())
                .containsEntry("TTL", "600")
                .containsEntry("Urgency", "high")
                .containsEntry("Content-Encoding", "aes128gcm")
                .containsOnlyKeys("TTL", "Urgency", "Content-Encoding", "Content-Type", "Authorization", "Topic");
        assertThat(VapidCheck.of(call.headers().get("Authorization"))
                        .claims()
                        .get("aud")
                        .asText())
                .isEqualTo("https://push.example");
        assertThat(call.toString() + call.body()).doesNotContain("secret", "Hello");
    }

    @Test
    void send_topic_isTheSameForAThread_anotherForAnother_andForEachDevice() throws Exception {
        send(Pushes.message("one"));
        send(Pushes.message("two"));
        Push other = Pushes.message("three");
        send(new Push(
                other.id(),
                other.user(),
                other.device(),
                other.kind(),
                "t2",
                null,
                0,
                1,
                other.alert(),
                null,
                null,
                null,
                List.of(),
                other.expiresAt()));
        Address.WebPush neighbour = receiver.at(ENDPOINT);
        send(new Address.WebPush(neighbour.endpoint(), neighbour.key(), Bytes.utf8("another secret.!")), other);
        List<String> topics =
                calls.stream().map(call -> call.headers().get("Topic")).toList();
        assertThat(topics).allMatch(topic -> topic.matches("[A-Za-z0-9_-]{32}"));
        assertThat(topics.get(1)).isEqualTo(topics.get(0));
        assertThat(topics.subList(1, 4)).doesNotHaveDuplicates();
    }

    @Test
    void send_toFcm_hasNoTopic() throws Exception {
        send(receiver.at("https://fcm.googleapis.com/fcm/send/abc"), Pushes.message("one"));
        send(receiver.at("https://jmt17.google.com/fcm/send/abc"), Pushes.message("one"));
        send(receiver.at("https://fcm.googleapis.com.push.example/abc"), Pushes.message("one"));
        assertThat(calls.get(0).headers()).doesNotContainKey("Topic");
        assertThat(calls.get(1).headers()).doesNotContainKey("Topic");
        assertThat(calls.get(2).headers()).containsKey("Topic");
    }

    @Test
    void send_longText_isCutToWhatFits() throws Exception {
        send(Pushes.message("\uD83D\uDC1D".repeat(3_000)));
        assertThat(calls.get(0).body().size()).isBetween(4_093, 4_096);
        assertThat(received(calls.get(0)).at("/body").asText()).matches("(\uD83D\uDC1D){900,}…");
    }

    @Test
    void send_whatIsTooLargeWithoutItsText_isUndeliverable() throws Exception {
        Push push = Pushes.full();
        Push large = new Push(
                push.id(),
                push.user(),
                push.device(),
                push.kind(),
                push.thread(),
                null,
                1,
                1,
                Alert.of(null, "hello"),
                Bytes.wrap(new byte[4_000]),
                null,
                null,
                List.of(),
                push.expiresAt());
        assertThat(send(large)).isInstanceOf(Outcome.Undeliverable.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void send_nothingToBeShown_isNotForWebPush() throws Exception {
        assertThat(send(Pushes.update())).isEqualTo(new Outcome.Undeliverable("not for web push"));
        assertThat(calls).isEmpty();
    }

    @Test
    void send_timeToLive_isWhatIsLeft() throws Exception {
        send(Pushes.expiring(Pushes.NOW.plusMillis(1_999)));
        send(Pushes.expiring(Pushes.NOW));
        send(Pushes.expiring(Pushes.NOW.plus(Duration.ofDays(365))));
        assertThat(calls.stream().map(call -> call.headers().get("TTL"))).containsExactly("1", "0", "2419200");
        assertThat(send(Pushes.expiring(Pushes.NOW.minusMillis(1)))).isEqualTo(new Outcome.Undeliverable("expired"));
        assertThat(calls).hasSize(3);
    }

    @Test
    void send_toWhatIsNoAddress_isUnknown() throws Exception {
        Address.WebPush good = receiver.at(ENDPOINT);
        assertThat(send(receiver.at("http://push.example/"), Pushes.full())).isInstanceOf(Outcome.Unknown.class);
        assertThat(send(new Address.WebPush(good.endpoint(), Bytes.wrap(new byte[65]), good.secret()), Pushes.full()))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(send(new Address.Webhook("x"), Pushes.full())).isInstanceOf(Outcome.Undeliverable.class);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, Accepted",
        "201, Accepted",
        "202, Accepted",
        "204, Accepted",
        "404, Gone",
        "410, Gone",
        "401, Misconfigured",
        "403, Misconfigured",
        "400, Undeliverable",
        "413, Undeliverable",
        "301, Undeliverable",
        "307, Undeliverable",
        "402, Undeliverable",
        "408, Later",
        "429, Later",
        "500, Later",
        "502, Later",
        "503, Later",
        "507, Later"
    })
    void answer_isAnOutcome(int status, String outcome) throws Exception {
        reply = new HttpReply.Answer(status, Duration.ofSeconds(7), Bytes.utf8("the service's words"));
        Outcome met = send(Pushes.full());
        assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(met.reason()).startsWith("status " + status).doesNotContain("words");
        if (met instanceof Outcome.Later later) {
            assertThat(later.base()).isEqualTo(Duration.ofSeconds(status == 429 ? 60 : 10));
            assertThat(later.after()).isEqualTo(Duration.ofSeconds(7));
            assertThat(later.unanswered()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silence_isTriedLater(boolean late) throws Exception {
        reply = new HttpReply.Silence("gone quiet", late);
        assertThat(send(Pushes.full())).isEqualTo(new Outcome.Later("gone quiet", Duration.ofSeconds(10), null, late));
    }

    @Test
    void endpointThatMustNotBeReached_isUnknown() throws Exception {
        reply = new HttpReply.Refused("not public");
        assertThat(send(Pushes.full())).isEqualTo(new Outcome.Unknown("not public"));
    }
}
