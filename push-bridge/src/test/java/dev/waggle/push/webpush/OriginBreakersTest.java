package dev.waggle.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.Pushes;
import dev.waggle.push.guard.BreakerTerms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OriginBreakersTest {
    private static final Outcome SILENCE = new Outcome.Later("no answer", Duration.ofSeconds(10), null, true);
    private static final Outcome ACCEPTED = new Outcome.Accepted("status 201");

    private final AtomicInteger calls = new AtomicInteger();
    private final Receiver receiver = Receiver.fresh();
    private final OriginBreakers breakers =
            new OriginBreakers(new SilentForSome(), BreakerTerms.USUAL, () -> Pushes.NOW);

    /** Hosts with this name do not answer. */
    private final class SilentForSome implements PushProvider {
        @Override
        public String name() {
            return "webpush";
        }

        @Override
        public CompletionStage<Outcome> send(Address to, Push push) {
            calls.incrementAndGet();
            boolean silent = to instanceof Address.WebPush address
                    && address.endpoint().getHost().startsWith("silent");
            return CompletableFuture.completedFuture(silent ? SILENCE : ACCEPTED);
        }

        @Override
        public CompletionStage<List<String>> problems() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void close() {
            calls.set(-1);
        }
    }

    private Outcome send(String endpoint) throws Exception {
        return breakers.send(receiver.at(endpoint), Pushes.full())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void silentService_isLeftAlone_andNoOther() throws Exception {
        for (int i = 0; i < BreakerTerms.USUAL.unanswered(); i++) {
            assertThat(send("https://silent.example/" + i)).isEqualTo(SILENCE);
        }
        int before = calls.get();
        assertThat(send("https://silent.example/another")).isInstanceOf(Outcome.Later.class);
        assertThat(calls).as("no call").hasValue(before);
        assertThat(send("https://push.example/")).isEqualTo(ACCEPTED);
        assertThat(send("https://silent.example:8443/")).as("another service").isEqualTo(SILENCE);
        assertThat(breakers.open()).isEqualTo(1);
    }

    @Test
    void endlesslyManyServices_takeNoMoreRoom() throws Exception {
        for (int i = 0; i < BreakerTerms.USUAL.unanswered(); i++) {
            send("https://silent.example/");
        }
        for (int i = 0; i < 1_000; i++) {
            send("https://n" + i + ".example/");
        }
        assertThat(breakers.open()).isZero();
        assertThat(send("https://silent.example/")).as("asked once more").isEqualTo(SILENCE);
    }
}
