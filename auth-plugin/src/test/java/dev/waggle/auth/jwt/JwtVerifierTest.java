package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waggle.auth.Standing;
import dev.waggle.auth.Standings;
import dev.waggle.auth.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
    private static final LocalKeys KEYS = Keys.local("k1");
    private static final Forge FORGE = new Forge(KEYS);
    private static final String GOOD = FORGE.good();

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Instant now = Forge.NOW;

    private JwtVerifier verifier(int cached) {
        return new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, waiting::add, () -> now, cached);
    }

    private TokenChecks checks(LocalKeys keys) {
        return new TokenChecks(new TrustedIssuers.Builder(
                        address -> CompletableFuture.failedFuture(new AssertionError("nothing is fetched")),
                        () -> now,
                        (issuer, good) -> {})
                .local(LocalIssuer.DEFAULT_NAME, keys, true)
                .build());
    }

    private Verdict decide(JwtVerifier verifier, String token) {
        CompletableFuture<Verdict> answer = verifier.verify(token).toCompletableFuture();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        return answer.getNow(new Verdict.Denied(0, "no answer"));
    }

    @Test
    void verify_newToken_onThePool() {
        CompletableFuture<Verdict> answer = verifier(10).verify(GOOD).toCompletableFuture();

        assertThat(answer).isNotDone();
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(answer).isCompletedWithValueMatching(Verdict.Granted.class::isInstance);
    }

    @Test
    void verify_knownToken_atOnceAndTheSame() {
        JwtVerifier verifier = verifier(10);
        Verdict first = decide(verifier, GOOD);

        CompletableFuture<Verdict> second = verifier.verify(GOOD).toCompletableFuture();

        assertThat(waiting).isEmpty();
        assertThat(second).isCompletedWithValue(first);
    }

    @Test
    void verify_knownTokenAtExp_denied() {
        JwtVerifier verifier = verifier(10);
        decide(verifier, GOOD);

        now = Forge.NOW.plusSeconds(900);

        assertThat(decide(verifier, GOOD)).isEqualTo(Verdict.Denied.late(0x87, "the token has expired"));
    }

    @Test
    void verify_knownTokenAfterTheClockWasSetBack_denied() {
        JwtVerifier verifier = verifier(10);
        decide(verifier, GOOD);

        now = Forge.NOW.minusSeconds(61);

        assertThat(decide(verifier, GOOD)).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void verify_knownTokenThatWasRevoked_deniedWithoutAnotherCheckOfItsSignature() {
        AtomicReference<Standing> standing = new AtomicReference<>(Standing.GOOD);
        List<VerificationOutcomes.Outcome> outcomes = new ArrayList<>();
        JwtVerifier verifier = new JwtVerifier(
                checks(KEYS),
                new VerifiedTokens(10),
                waiting::add,
                () -> now,
                identity -> identity.tokenId().equals("t1") ? standing.get() : Standing.GOOD,
                outcomes::add);
        decide(verifier, GOOD);

        for (Standing lost : List.of(Standing.REVOKED, Standing.DISABLED)) {
            standing.set(lost);
            CompletableFuture<Verdict> answer = verifier.verify(GOOD).toCompletableFuture();

            assertThat(waiting).isEmpty();
            assertThat(answer).isCompletedWithValue(Verdict.Denied.late(0x87, lost.reason()));
        }
        assertThat(outcomes)
                .containsExactly(
                        VerificationOutcomes.Outcome.GRANTED,
                        VerificationOutcomes.Outcome.REFUSED,
                        VerificationOutcomes.Outcome.REFUSED);
        standing.set(Standing.GOOD);
        assertThat(decide(verifier, GOOD)).as("enabled again").isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void verify_goodToken_namesItsIssuerAndTimes() {
        assertThat(decide(verifier(10), GOOD)).isInstanceOfSatisfying(Verdict.Granted.class, granted -> {
            assertThat(granted.identity().issuer()).isEqualTo(LocalIssuer.DEFAULT_NAME);
            assertThat(granted.identity().issuedAt()).isEqualTo(Forge.at(0) * 1000);
            assertThat(granted.identity().expiresAt()).isEqualTo(Forge.at(900) * 1000);
        });
    }

    @Test
    void verify_badToken_notRemembered() {
        JwtVerifier verifier = verifier(10);
        String bad = FORGE.claim("aud", "\"other\"");
        decide(verifier, bad);

        verifier.verify(bad);

        assertThat(waiting).hasSize(1);
    }

    @Test
    void verify_notYetValidToken_goodLater() {
        JwtVerifier verifier = verifier(10);
        String early = FORGE.claim("nbf", "" + Forge.at(100));
        assertThat(decide(verifier, early)).isInstanceOf(Verdict.Denied.class);

        now = Forge.NOW.plusSeconds(40);

        assertThat(decide(verifier, early)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void verify_moreTokensThanTheCacheHolds_boundedAndStillRight() {
        VerifiedTokens known = new VerifiedTokens(10);
        JwtVerifier verifier = new JwtVerifier(
                checks(KEYS), known, waiting::add, () -> now, Standings.UNREVOKED, VerificationOutcomes.UNHEARD);
        for (int i = 0; i < 50; i++) {
            String user = "u" + i;
            String token = FORGE.claim("sub", "\"" + user + "\"");
            assertThat(decide(verifier, token).<String>fold(id -> id.user().value(), Verdict.Denied::reason))
                    .isEqualTo(user);
            assertThat(known.size()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void verify_poolFull_serverBusy() {
        JwtVerifier verifier = new JwtVerifier(
                KEYS,
                LocalIssuer.DEFAULT_NAME,
                task -> {
                    throw new RejectedExecutionException();
                },
                () -> now,
                10);

        Verdict verdict = decide(verifier, GOOD);

        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        assertThat(((Verdict.Denied) verdict).reasonCode()).isEqualTo(0x89);
        assertThat(((Verdict.Denied) verdict).reason()).contains("server busy");
    }

    @Test
    void verify_realPoolOfOneThreadAndOnePlace_thirdIsTurnedAway() throws InterruptedException {
        ThreadPoolExecutor pool = VerificationPool.of(1, 1);
        CountDownLatch release = new CountDownLatch(1);
        try {
            JwtVerifier verifier = new JwtVerifier(KEYS, LocalIssuer.DEFAULT_NAME, pool, () -> now, 10);
            pool.execute(() -> {
                try {
                    release.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            CompletableFuture<Verdict> queued = verifier.verify(GOOD).toCompletableFuture();
            CompletableFuture<Verdict> third = verifier.verify(GOOD).toCompletableFuture();

            assertThat(third)
                    .isCompletedWithValueMatching(v -> v instanceof Verdict.Denied d && d.reasonCode() == 0x89);
            release.countDown();
            assertThat(queued).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Verdict.Granted.class);
        } finally {
            release.countDown();
            pool.shutdown();
        }
    }

    @Test
    void verify_checkFailsByABug_deniedNotThrown() {
        TrustedIssuers nobody = null;
        JwtVerifier verifier =
                new JwtVerifier(nobody, waiting::add, () -> now, 2, Standings.UNREVOKED, VerificationOutcomes.UNHEARD);

        assertThat(decide(verifier, GOOD)).isEqualTo(new Verdict.Denied(0x80, "the token could not be checked"));
    }

    @Test
    void verify_headerNamesAddressesOfKeys_nothingIsFetched() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
            String token = FORGE.header(h ->
                    h.put("jku", address).put("x5u", address).putArray("x5c").add("AAAA"));

            assertThat(decide(verifier(10), token)).isInstanceOf(Verdict.Granted.class);
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void verify_longFormOfTheType_granted() {
        assertThat(decide(verifier(10), FORGE.header(h -> h.put("typ", "application/at+jwt"))))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(decide(verifier(10), FORGE.header(h -> h.put("typ", "AT+JWT"))))
                .isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void verify_oneOfSeveralAudiences_granted() {
        assertThat(decide(verifier(10), FORGE.claim("aud", "[\"other\",\"waggle\"]")))
                .isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void verify_clientIdOfAThing_inTheIdentity() {
        Verdict verdict = decide(verifier(10), FORGE.claim("client_id", "\"meter/17\""));

        assertThat(verdict.<String>fold(id -> id.clientId() + " " + id.device(), Verdict.Denied::reason))
                .isEqualTo("meter/17 null");
    }

    @Property(tries = 2000)
    void verify_goodTokenWithOneCharacterChanged_denied(
            @ForAll("positions") int position, @ForAll("alphabet") char replacement) {
        int at = position % GOOD.length();
        String changed = GOOD.substring(0, at) + replacement + GOOD.substring(at + 1);

        Verdict verdict = decide(verifier(10), changed);

        assertThat(verdict instanceof Verdict.Granted).isEqualTo(changed.equals(GOOD));
    }

    @Property(tries = 5000)
    void verify_anyText_deniedNeverThrown(@ForAll String text) {
        assertThat(decide(verifier(10), text)).isInstanceOf(Verdict.Denied.class);
    }

    @Property(tries = 2000)
    void verify_anyJsonLikeParts_deniedNeverThrown(@ForAll("json") String header, @ForAll("json") String claims) {
        assertThat(decide(verifier(10), Forge.unsigned(header, claims, new byte[64])))
                .isInstanceOf(Verdict.Denied.class);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 10_000);
    }

    @Provide
    Arbitrary<Character> alphabet() {
        return Arbitraries.of(
                "ABCXYZabcxyz0189-_.=+/ ".chars().mapToObj(c -> (char) c).toList());
    }

    @Provide
    Arbitrary<String> json() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ":",
                        ",",
                        "alg",
                        "ES256",
                        "iss",
                        "waggle:local",
                        "null",
                        "1e9",
                        "\\u",
                        "crit",
                        "kid",
                        "k1",
                        "\"iss\":\"waggle:local\"",
                        "\"alg\":\"ES256\"",
                        " ")
                .list()
                .ofMaxSize(30)
                .map(parts -> "{" + String.join("", parts) + "}");
    }
}
