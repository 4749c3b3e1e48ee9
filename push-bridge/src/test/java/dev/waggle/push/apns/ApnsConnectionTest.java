package dev.waggle.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Pushes;
import dev.waggle.push.doubles.ApnsDouble;
import dev.waggle.push.doubles.Http2Double.Reply;
import dev.waggle.push.doubles.Http2Double.Request;
import dev.waggle.push.doubles.TestCertificate;
import dev.waggle.push.guard.BreakerTerms;
import dev.waggle.push.guard.ProviderBreaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections do: begin slowly, break, hang, end. */
class ApnsConnectionTest {
    private static final String TOKEN = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);
    private static final Reply ACCEPTED = Reply.answer(200, "");

    private static TestCertificate certificate;
    private static AppleAccount account;

    @TempDir
    private Path folder;

    private volatile Instant now = Pushes.NOW;
    private ApnsDouble production;
    private ApnsDouble sandbox;
    private ApnsProvider provider;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        certificate = new TestCertificate(shared);
        account = AppleAccount.in(shared);
    }

    @BeforeEach
    void start() throws Exception {
        production = apple();
        sandbox = apple();
        provider = provider(ApnsSettings.LIMIT);
    }

    private ApnsProvider provider(Duration limit) {
        return new ApnsProvider(
                account.settings(
                        certificate,
                        production.server().port(),
                        sandbox.server().port(),
                        limit),
                BreakerTerms.USUAL,
                () -> now);
    }

    private static ApnsDouble apple() throws Exception {
        ApnsDouble apple = new ApnsDouble(
                certificate,
                AppleAccount.KEY_ID,
                AppleAccount.TEAM_ID,
                account.pair().getPublic(),
                Set.of(AppleAccount.TOPIC));
        apple.device(TOKEN, request -> ACCEPTED);
        apple.device(OTHER, request -> ACCEPTED);
        return apple;
    }

    @AfterEach
    void stop() {
        provider.close();
        production.close();
        sandbox.close();
    }

    private CompletableFuture<Outcome> send(String token, boolean inSandbox) {
        return provider.send(new Address.Apns(token, AppleAccount.TOPIC, inSandbox), Pushes.message("hello"))
                .toCompletableFuture();
    }

    private Outcome sent(String token, boolean inSandbox) throws Exception {
        return send(token, inSandbox).get(20, TimeUnit.SECONDS);
    }

    private static void assertSilence(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Later.class, later -> {
            assertThat(later.unanswered()).isTrue();
            assertThat(later.base()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void firstPushes_waitForTheFirstToBeTrusted_thenAllGoOverOneConnection() throws Exception {
        List<CompletableFuture<Outcome>> all =
                IntStream.range(0, 200).mapToObj(i -> send(TOKEN, false)).toList();
        for (CompletableFuture<Outcome> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Accepted.class);
        }
        assertThat(production.server().opened()).isEqualTo(1);
        assertThat(sandbox.server().opened()).isZero();
    }

    @Test
    void sandbox_isAnotherServer() throws Exception {
        assertThat(sent(TOKEN, true)).isInstanceOf(Outcome.Accepted.class);
        assertThat(sandbox.server().requests()).hasSize(1);
        assertThat(production.server().opened()).isZero();
    }

    @Test
    void goAway_failsWhatIsOnItsWay_andTheNextPushOpensAnotherConnection() throws Exception {
        production.device(TOKEN, request -> new Reply.GoAway("{\"reason\":\"Shutdown\"}"));
        assertSilence(sent(TOKEN, false));
        assertThat(sent(OTHER, false)).isInstanceOf(Outcome.Accepted.class);
        assertThat(production.server().opened()).isEqualTo(2);
    }

    @Test
    void cut_failsWhatIsOnItsWay_andTheNextPushOpensAnotherConnection() throws Exception {
        production.device(TOKEN, request -> new Reply.Cut());
        assertSilence(sent(TOKEN, false));
        assertThat(sent(OTHER, false)).isInstanceOf(Outcome.Accepted.class);
        assertThat(production.server().opened()).isEqualTo(2);
    }

    @Test
    void reset_ofOnePush_leavesTheConnection() throws Exception {
        production.device(TOKEN, request -> new Reply.Reset());
        assertSilence(sent(TOKEN, false));
        assertThat(sent(OTHER, false)).isInstanceOf(Outcome.Accepted.class);
        assertThat(production.server().opened()).isEqualTo(1);
    }

    @Test
    void errorWithoutABody_isSilence() throws Exception {
        production.device(TOKEN, request -> Reply.answer(503, ""));
        assertSilence(sent(TOKEN, false));
    }

    @Test
    void noServer_isSilence() throws Exception {
        production.close();
        assertSilence(sent(TOKEN, false));
    }

    @Test
    void server_thatIsNotTrusted_getsNothing() throws Exception {
        TestCertificate impostor = new TestCertificate(Files.createDirectory(folder.resolve("impostor")));
        provider.close();
        provider = new ApnsProvider(
                account.settings(
                        impostor, production.server().port(), sandbox.server().port(), ApnsSettings.LIMIT),
                BreakerTerms.USUAL,
                () -> now);
        Outcome outcome = sent(TOKEN, false);
        assertSilence(outcome);
        assertThat(outcome.reason()).isEqualTo("no TLS");
        assertThat(production.server().requests()).isEmpty();
    }

    @Test
    void tries_haveTheSameId() throws Exception {
        production.device(TOKEN, request -> ApnsDouble.refusal(503, "ServiceUnavailable"));
        sent(TOKEN, false);
        sent(TOKEN, false);
        assertThat(production.server().requests())
                .extracting(request -> request.headers().get("apns-id"))
                .containsExactly(Pushes.ID.toString(), Pushes.ID.toString());
    }

    @Test
    void expiredProviderToken_isRenewed_andThePushSentAgain_once() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        production.device(
                TOKEN,
                request -> asked.incrementAndGet() == 1 ? ApnsDouble.refusal(403, "ExpiredProviderToken") : ACCEPTED);
        assertThat(sent(TOKEN, false)).isInstanceOf(Outcome.Accepted.class);
        assertThat(production.server().requests())
                .extracting(Request::connection)
                .containsExactly(1, 2);
        production.device(TOKEN, request -> ApnsDouble.refusal(403, "ExpiredProviderToken"));
        assertThat(sent(TOKEN, false)).isEqualTo(new Outcome.Misconfigured("ExpiredProviderToken"));
        assertThat(production.server().requests()).hasSize(4);
    }

    @Test
    void hang_fiveTimes_stopsOnlyThisServer_andTheProbeGoesOverANewConnection() throws Exception {
        provider.close();
        provider = provider(Duration.ofSeconds(3));
        assertThat(sent(OTHER, false)).isInstanceOf(Outcome.Accepted.class);
        production.device(TOKEN, request -> new Reply.Hang());
        List<CompletableFuture<Outcome>> hung =
                IntStream.range(0, 5).mapToObj(i -> send(TOKEN, false)).toList();
        assertThat(sent(TOKEN, true)).isInstanceOf(Outcome.Accepted.class);
        for (CompletableFuture<Outcome> one : hung) {
            assertThat(one.get(20, TimeUnit.SECONDS).reason()).isEqualTo("no answer in time");
        }
        ProviderBreaker breaker = provider.breakers().get(0);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.OPEN);
        assertThat(sent(OTHER, false).reason()).isEqualTo("the provider does not answer");
        assertThat(sent(OTHER, true)).isInstanceOf(Outcome.Accepted.class);
        now = now.plusSeconds(10);
        assertThat(sent(OTHER, false)).isInstanceOf(Outcome.Accepted.class);
        assertThat(breaker.state()).isEqualTo(ProviderBreaker.State.CLOSED);
        List<Request> seen = production.server().requests();
        assertThat(seen.get(seen.size() - 1).connection()).isEqualTo(2);
    }
}
