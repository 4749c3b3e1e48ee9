package dev.waggle.push.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.Pushes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ProviderBreakerTest {
    private static final Address TO = new Address.Webhook("somewhere");
    private static final Outcome ACCEPTED = new Outcome.Accepted("ok");
    private static final Outcome SILENCE = new Outcome.Later("no answer", Duration.ofSeconds(1), null, true);
    private static final Outcome BUSY = new Outcome.Later("busy", Duration.ofSeconds(1), null, false);

    /** Answers when the test says so. */
    private static final class SlowProvider implements PushProvider {
        final Deque<CompletableFuture<Outcome>> open = new ArrayDeque<>();
        boolean closed;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public CompletionStage<Outcome> send(Address to, Push push) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<List<String>> problems() {
            return CompletableFuture.completedFuture(List.of("none of yours"));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private int rebuilt;
    private final SlowProvider provider = new SlowProvider();
    private final ProviderBreaker breaker = new ProviderBreaker(
            provider,
            new BreakerTerms(8, 5, Duration.ofSeconds(10), Duration.ofSeconds(30)),
            () -> now,
            () -> rebuilt++);

    private CompletableFuture<Outcome> send() {
        return breaker.send(TO, Pushes.message("hello")).toCompletableFuture();
    }

    private void exchange(int times, Outcome outcome) {
        for (int i = 0; i < times; i++) {
            CompletableFuture<Outcome> result = send();
            provider.open.remove().complete(outcome);
            assertThat(result).isCompletedWithValue(outcome);
        }
    }

    private Outcome.Later refused() {
        int before = provider.open.size();
        Outcome outcome = send().getNow(null);
        assertThat(provider.open).hasSize(before);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Later.class, later -> {
            assertThat(later.unanswered()).isFalse();
            assertThat(later.base()).isEqualTo(Duration.ofSeconds(2));
        });
        return (Outcome.Later) outcome;
    }

    @Test
    void bulkhead_full_refusesWithoutACall_untilOneIsAnswered() {
        for (int i = 0; i < 8; i++) {
            assertThat(send()).isNotDone();
        }
        assertThat(breaker.inFlight()).isEqualTo(8);
        refused();
        provider.open.remove().complete(ACCEPTED);
        assertThat(send()).isNotDone();
        refused();
    }

    @Test
    void silence_fiveTimesInARow_opens_andAsksForARebuild() {
        exchange(4, SILENCE);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.CLOSED);
        exchange(1, SILENCE);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.OPEN);
        assertThat(rebuilt).isEqualTo(1);
        assertThat(refused().after()).isEqualTo(Duration.ofSeconds(10));
        now = now.plusSeconds(4);
        assertThat(refused().after()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void anyAnswer_beginsTheRowAnew() {
        exchange(4, SILENCE);
        exchange(1, BUSY);
        exchange(4, SILENCE);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.CLOSED);
        assertThat(rebuilt).isZero();
    }

    @Test
    void open_letsOneProbeThrough_whoseAnswerCloses() {
        exchange(5, SILENCE);
        now = now.plusSeconds(10);
        CompletableFuture<Outcome> probe = send();
        assertThat(probe).isNotDone();
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.PROBING);
        refused();
        provider.open.remove().complete(BUSY);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.CLOSED);
        exchange(4, SILENCE);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.CLOSED);
    }

    @Test
    void probe_unanswered_doublesThePause_upToTheLongest() {
        exchange(5, SILENCE);
        for (int seconds : List.of(10, 20, 30, 30)) {
            assertThat(refused().after()).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            exchange(1, SILENCE);
        }
        assertThat(rebuilt).isEqualTo(5);
        now = now.plusSeconds(30);
        exchange(1, ACCEPTED);
        exchange(5, SILENCE);
        assertThat(refused().after()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tries_thatBeganBeforeItOpened_doNotOpenItAgain() {
        List<CompletableFuture<Outcome>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(send());
        }
        provider.open.forEach(answer -> answer.complete(SILENCE));
        assertThat(results).allSatisfy(result -> assertThat(result).isCompletedWithValue(SILENCE));
        assertThat(rebuilt).isEqualTo(1);
        assertThat(breaker.inFlight()).isZero();
        assertThat(refused().after()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void provider_thatBreaksItsPromise_isTakenForSilent_andHoldsNoPlace() {
        CompletableFuture<Outcome> result = send();
        provider.open.remove().completeExceptionally(new IllegalStateException("bug"));
        assertThat(result.getNow(null))
                .isInstanceOfSatisfying(
                        Outcome.Later.class,
                        later -> assertThat(later.unanswered()).isTrue());
        assertThat(breaker.inFlight()).isZero();
    }

    @Test
    void rest_isTheProvidersOwn() {
        assertThat(breaker.name()).isEqualTo("slow");
        assertThat(breaker.problems().toCompletableFuture()).isCompletedWithValue(List.of("none of yours"));
        breaker.close();
        assertThat(provider.closed).isTrue();
    }
}
