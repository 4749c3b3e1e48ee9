package dev.waggle.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Identity;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.outbound.Traffic;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.testkit.FakeClock;
import dev.waggle.broker.testkit.People;
import dev.waggle.broker.testkit.ScriptedStore;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch on a store that is told what to do. */
class MessagesRouteTest {
    private final FakeClock clock = new FakeClock();
    private final ScriptedStore store = new ScriptedStore();
    private final List<HttpAnswer> answers = new ArrayList<>();

    /** Every token is alice's. */
    private static final class AnyToken implements TokenVerifier {
        private final Identity alice = People.identity("alice", null);

        @Override
        public CompletionStage<Verdict> verify(String token, @Nullable CertificateDigest presented) {
            return CompletableFuture.completedStage(new Verdict.Granted(alice));
        }
    }

    private MessagesRoute route(int burst) {
        Strangers strangers = new Strangers(
                new BanLadder(
                        new BanLadder.Terms(100, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, List.of()),
                        clock),
                new RefusalJournal(clock, (what, code) -> {}));
        return new MessagesRoute(
                new BearerTokens(new AnyToken(), strangers),
                store,
                People.BOUNDS,
                new Rates(Rates.Settings.all(new RateLimit(0.01, burst)), clock),
                Traffic.UNCOUNTED,
                Screening.none(),
                clock);
    }

    private void post(MessagesRoute route, String json) {
        Map<String, String> headers = Map.of("authorization", "Bearer any");
        HttpRequest request = new HttpRequest(
                "POST", MessagesRoute.PATH, Map.of(), headers, Bytes.utf8(json), "127.0.0.1", false, null);
        route.handle(request, answers::add);
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"to\":\"d/bob\",\"body\":\"b" + i + "\",\"id\":\"i" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<String> told() throws IOException {
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo(200);
        List<String> told = new ArrayList<>();
        for (JsonNode one : new ObjectMapper().readTree(answers.get(0).body().shared())) {
            String error = one.path("error").path("code").asText();
            told.add(one.path("id").asText() + " "
                    + (error.isEmpty() ? one.path("seq").asText() : error));
        }
        return told;
    }

    @Test
    void answers_comeTogether_whenTheLastOneIsThere_inTheOrderOfTheMessages() throws IOException {
        post(route(100), batch(3));
        store.submissions.get(2).sent(12);
        store.submissions.get(0).sent(10);
        assertThat(answers).isEmpty();
        store.submissions.get(1).reject(Rejection.of(Refusal.BLOCKED, "no"));
        assertThat(told()).containsExactly("i0 10", "i1 blocked", "i2 12");
    }

    @Test
    void fullStore_whatIsNotTaken_isUnavailable_andNothingBehindIt() throws IOException {
        store.room = 2;
        post(route(100), batch(4));
        assertThat(store.submissions).hasSize(2);
        store.submissions.get(0).sent(1);
        store.submissions.get(1).sent(2);
        assertThat(told()).containsExactly("i0 1", "i1 2", "i2 unavailable", "i3 unavailable");
    }

    @Test
    void overTheRate_theRestIsRefused_withoutTheStore() throws IOException {
        post(route(2), batch(3));
        assertThat(store.submissions).hasSize(2);
        store.next().sent(1);
        store.next().sent(2);
        assertThat(told()).containsExactly("i0 1", "i1 2", "i2 rate-limited");
    }

    @Test
    void badMessages_costNoRate_andDoNotStopTheOthers() throws IOException {
        post(
                route(1),
                "[{\"to\":\"d/bob\",\"id\":\"a\"},{\"to\":\"d/bob\",\"body\":\"" + "x".repeat(70_000)
                        + "\",\"id\":\"b\"},{\"to\":\"d/bob\",\"body\":\"fine\",\"id\":\"c\"}]");
        store.next().sent(1);
        assertThat(told()).containsExactly("a bad-request", "b too-large", "c 1");
    }

    @Test
    void failedStore_saysThatItMayBeStored() throws IOException {
        post(route(100), batch(2));
        store.next().fail();
        store.next().sent(2);
        assertThat(told()).containsExactly("i0 failed", "i1 2");
    }

    @Test
    void priority_ofARoleThatHasNone_isLeftOut() {
        post(route(100), "{\"to\":\"d/bob\",\"body\":\"x\",\"prio\":\"high\",\"mention\":[\"bob\"]}");
        Command.SendMessage command = (Command.SendMessage) store.next().command();
        assertThat(command.properties().isUrgent()).isFalse();
        assertThat(command.properties().mentions().get()).hasSize(1);
    }

    @Test
    void nothingInIt_isNothing() throws IOException {
        post(route(100), "[]");
        assertThat(told()).isEmpty();
    }
}
