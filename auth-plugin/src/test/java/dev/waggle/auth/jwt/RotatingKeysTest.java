package dev.waggle.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Standings;
import dev.waggle.auth.Verdict;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingKeysTest {
    private static final Duration LIFE = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger dropped = new AtomicInteger();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private RotatingKeys keys;
    private JwtVerifier verifier;

    @BeforeEach
    void start() {
        open();
    }

    private void open() {
        keys = RotatingKeys.open(folder, LIFE, () -> now, random, dropped::incrementAndGet)
                .get();
        TrustedIssuers issuers = new TrustedIssuers.Builder(
                        address -> CompletableFuture.failedFuture(new AssertionError(address)),
                        () -> now,
                        (issuer, good) -> {})
                .local(LocalIssuer.DEFAULT_NAME, keys, true)
                .build();
        verifier = new JwtVerifier(
                issuers, Runnable::run, () -> now, 10, Standings.UNREVOKED, VerificationOutcomes.UNHEARD);
    }

    private String token(LocalIssuer issuer) {
        return issuer.token(TokenRequest.of(new UserId("ann"), null, Actor.Role.USER, Duration.ofDays(30)));
    }

    /** As {@code waggle token} does it: another process that reads the file now. */
    private String tokenOfAnother() {
        LocalKeys read = LocalKeys.open(folder, random).get();
        return token(new LocalIssuer(read, LocalIssuer.DEFAULT_NAME, () -> now, random));
    }

    private CompletableFuture<Verdict> verdict(String token) {
        return verifier.verify(token).toCompletableFuture();
    }

    private boolean isGood(String token) {
        CompletableFuture<Verdict> verdict = verdict(token);
        for (int i = 0; i < 2 && !verdict.isDone(); i++) {
            now = now.plusSeconds(1);
            keys.tick();
        }
        return verdict.getNow(new Verdict.Denied(0, "late")) instanceof Verdict.Granted;
    }

    private Path file() {
        return folder.resolve(LocalKeys.FILE);
    }

    @Test
    void tick_overALife_issuerSignsWithTheNext_tokensOfTheOldStayGood() throws IOException {
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, () -> now, random);
        String first = token(issuer);
        now = now.plus(Duration.ofDays(6));
        keys.tick();
        assertThat(keys.get().keys()).hasSize(2);
        assertThat(keys.get().published()).contains(keys.get().keys().get(1).id());
        String old = keys.get().signing(now.getEpochSecond()).getKeyID();

        now = now.plus(Duration.ofDays(1));
        keys.tick();
        assertThat(keys.get().signing(now.getEpochSecond()).getKeyID()).isNotEqualTo(old);
        assertThat(isGood(token(issuer))).isTrue();
        assertThat(isGood(first)).isTrue();
        assertThat(isGood(tokenOfAnother())).isTrue();
        assertThat(dropped).hasValue(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(LocalKeys.FILE, LocalKeys.FILE + ".lock");
        }

        RotatingKeys before = keys;
        open();
        assertThat(keys.get()).as("read again").isEqualTo(before.get());
    }

    @Test
    void rotate_byAnotherProcess_itsTokenIsGoodAtOnce_andTheOldOnesStay() {
        String old = tokenOfAnother();
        assertThat(isGood(old)).isTrue();
        LocalKeys.rotate(folder, false, now, random).get();

        String fresh = tokenOfAnother();
        assertThat(verdict(fresh)).as("waits for the next look").isNotDone();
        assertThat(isGood(fresh)).isTrue();
        assertThat(isGood(old)).isTrue();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void rotate_dropOld_endsWhatTheOldOneSigned_alsoTokensVerifiedBefore() {
        String old = tokenOfAnother();
        assertThat(isGood(old)).isTrue();
        LocalKeys.rotate(folder, true, now, random).get();
        now = now.plusSeconds(1);
        keys.tick();

        assertThat(dropped).hasValue(1);
        assertThat(isGood(old)).isFalse();
        assertThat(isGood(tokenOfAnother())).isTrue();
    }

    @Test
    void token_withAKidThatNobodyHas_isBadAfterTheNextLook() {
        LocalKeys others = Keys.local("nobody");
        String forged = token(new LocalIssuer(others, LocalIssuer.DEFAULT_NAME, () -> now, random));

        assertThat(isGood(forged)).isFalse();
        assertThat(verdict(forged)).isNotDone();
    }

    @Test
    void tick_damagedFile_theKeysReadBeforeServe_untilItIsGoodAgain() throws IOException {
        String good = tokenOfAnother();
        String content = Files.readString(file());
        Files.writeString(file(), "{");
        keys.tick();
        assertThat(isGood(good)).isTrue();

        Files.writeString(file(), content + "\n");
        keys.tick();
        assertThat(isGood(good)).isTrue();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void file_whileItIsReplacedAgainAndAgain_isWholeForEveryReader() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger bad = new AtomicInteger();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                if (!LocalKeys.open(folder, random).isOk()) {
                    bad.incrementAndGet();
                }
            }
        });
        reader.start();
        for (int i = 0; i < 50; i++) {
            assertThat(LocalKeys.rotate(folder, true, now, random).isOk()).isTrue();
        }
        done.set(true);
        reader.join(10_000);
        assertThat(bad).hasValue(0);
    }

    @Test
    void rotate_whileAnotherProcessHasTheFile_isTold() {
        String told = LocalKeys.file(folder)
                .alone(() -> LocalKeys.rotate(folder, true, now, random))
                .fold(rotated -> "rotated", reason -> reason);

        assertThat(told).contains("another process");
    }
}
