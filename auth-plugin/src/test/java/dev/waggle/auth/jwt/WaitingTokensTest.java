package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Standings;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.jwt.keys.SigningKeys;
import dev.waggle.spec.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tokens whose key is being fetched: they hold no thread, and are not many. */
class WaitingTokensTest {
    private static final SigningKeys OLD = SigningKeys.p256("old");
    private static final SigningKeys NEW = SigningKeys.p256("new");

    private final Queue<CompletableFuture<Parsed<byte[]>>> asked = new ArrayDeque<>();
    private Instant now = Forge.NOW;
    private final TrustedIssuers trusted = new TrustedIssuers.Builder(
                    address -> {
                        CompletableFuture<Parsed<byte[]>> answer = new CompletableFuture<>();
                        asked.add(answer);
                        return answer;
                    },
                    () -> now,
                    (issuer, good) -> {})
            .external(IssuerDouble.terms())
            .build();
    private final JwtVerifier verifier =
            new JwtVerifier(trusted, Runnable::run, () -> now, 100, Standings.UNREVOKED, VerificationOutcomes.UNHEARD);

    private CompletableFuture<Verdict> verify(String token) {
        return verifier.verify(token).toCompletableFuture();
    }

    private void publish(SigningKeys... keys) {
        asked.remove().complete(Parsed.ok(SigningKeys.set(keys).getBytes(StandardCharsets.UTF_8)));
    }

    private static int code(CompletableFuture<Verdict> answer) {
        return answer.getNow(new Verdict.Denied(0, "late")).fold(granted -> 0x00, Verdict.Denied::reasonCode);
    }

    @Test
    void verify_newKey_waitsWithoutAThreadWhileOthersPass() {
        trusted.tick();
        publish(OLD);
        now = now.plusSeconds(60);

        CompletableFuture<Verdict> waiting = verify(IssuerDouble.token("ES256", NEW));

        assertThat(waiting).isNotDone();
        assertThat(verify(IssuerDouble.token("ES256", OLD)))
                .isCompletedWithValueMatching(Verdict.Granted.class::isInstance);
        publish(OLD, NEW);
        assertThat(waiting).isCompletedWithValueMatching(Verdict.Granted.class::isInstance);
    }

    @Test
    void verify_fetchBeganBeforeTheTokenCame_oneMoreOfItsOwn() {
        trusted.tick();
        publish(OLD);
        now = now.plusSeconds(301);
        trusted.tick();
        now = now.plusMillis(10);
        CompletableFuture<Verdict> waiting = verify(IssuerDouble.token("ES256", NEW));

        publish(OLD);
        assertThat(waiting).as("the key may have been published in between").isNotDone();
        publish(OLD, NEW);

        assertThat(waiting).isCompletedWithValueMatching(Verdict.Granted.class::isInstance);
    }

    @Test
    void verify_unknownKeyAfterItsFetch_refusedForGood() {
        trusted.tick();
        publish(OLD);
        now = now.plusSeconds(60);
        CompletableFuture<Verdict> waiting = verify(IssuerDouble.token("ES256", NEW));
        publish(OLD);

        assertThat(code(waiting)).isEqualTo(0x87);
        assertThat(asked).isEmpty();
    }

    @Test
    void verify_floodOfWaiting_boundedThenServerBusy() {
        List<CompletableFuture<Verdict>> answers = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            String id = "t" + i;
            answers.add(verify(IssuerDouble.token(NEW, claims -> claims.put("jti", id))));
        }
        assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(100);
        assertThat(answers.stream().filter(CompletableFuture::isDone).map(WaitingTokensTest::code))
                .as("T-08")
                .containsOnly(0x89);
        assertThat(asked).hasSize(1);

        asked.remove().complete(Parsed.bad("down"));
        assertThat(answers.subList(0, 1_000).stream().map(WaitingTokensTest::code))
                .containsOnly(0x88);
        assertThat(code(verify(IssuerDouble.token("ES256", NEW)))).isEqualTo(0x88);
    }
}
