package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Roles;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.account.AccountAnswer.Done;
import dev.waggle.auth.account.AccountAnswer.Session;
import dev.waggle.auth.jwt.JwtVerifier;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.auth.password.HashingHere;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a log-in ends the access tokens that it gave, and nothing else; whoever logs in again gets in. */
class LogOutTest {
    private static final String PASSWORD = "correct horse";
    private static final UserId ANN = new UserId("ann");
    private static final DeviceId PHONE = new DeviceId("phone");

    @TempDir
    static Path folder;

    private final MemoryAccounts store = new MemoryAccounts();
    private final SecureRandom random = new SecureRandom();
    private final AccountThreads threads = new AccountThreads(4);
    private LocalKeys keys;
    private RevocationRegister revocations;
    private LocalIssuer issuer;
    private LocalAccounts accounts;
    private AccountAdministration operator;
    private Instant now = Instant.parse("2026-03-01T12:00:00.300Z");

    @BeforeEach
    void start() {
        keys = LocalKeys.open(folder.resolve("data"), random).get();
        on(() -> now);
    }

    private void on(InstantSource clock) {
        revocations = new RevocationRegister(new MemoryRevocations(), clock);
        issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, clock, random);
        accounts = new LocalAccounts(
                store,
                threads,
                new HashingHere(random),
                new Registration.Open(),
                issuer,
                Roles.BUILT_IN,
                revocations,
                clock,
                random);
        operator = new AccountAdministration(
                store, threads, new HashingHere(random), issuer, Roles.BUILT_IN, revocations, clock, random);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static Session session(CompletionStage<AccountAnswer> answer) throws Exception {
        return (Session) wait(answer);
    }

    private void done(CompletionStage<AccountAnswer> answer) throws Exception {
        assertThat(wait(answer)).isInstanceOf(Done.class);
        now = now.plusSeconds(1);
    }

    private boolean isGood(String token) {
        Verdict verdict = new JwtVerifier(keys, LocalIssuer.DEFAULT_NAME, Runnable::run, () -> now, 2)
                .verify(token)
                .toCompletableFuture()
                .getNow(new Verdict.Denied(0, "late"));
        return verdict.fold(identity -> revocations.table().of(identity).disconnectCode() == 0, denied -> false);
    }

    private boolean isGood(Session session) {
        return isGood(session.accessToken());
    }

    private Session register() throws Exception {
        return session(accounts.register("ann", PASSWORD, "phone", null));
    }

    private Session logIn(String device) throws Exception {
        return session(accounts.logIn("ann", PASSWORD, device));
    }

    @Test
    void logOut_aDevice_endsItsTokensOnly() throws Exception {
        Session phone = register();
        Session laptop = logIn("laptop");
        String anyDevice = issuer.token(TokenRequest.of(ANN, null, Actor.Role.USER, Duration.ofMinutes(15)));
        String ofOperator = issuer.token(TokenRequest.of(ANN, PHONE, Actor.Role.USER, Duration.ofDays(1)));
        done(accounts.logOut(ANN, PHONE));

        assertThat(isGood(phone)).isFalse();
        assertThat(isGood(laptop)).isTrue();
        assertThat(isGood(anyDevice)).isTrue();
        assertThat(isGood(ofOperator)).as("not from a log-in").isTrue();
    }

    @Test
    void logOut_aDeviceThatIsNotLoggedIn_leavesNoTrace() throws Exception {
        register();
        for (int i = 0; i < 5; i++) {
            done(accounts.logOut(ANN, new DeviceId("d" + i)));
        }
        assertThat(revocations.table().list(null, 10)).isEmpty();
    }

    @Test
    void logOut_all_andPassword_andDeletion_endTheTokensOfAllDevices() throws Exception {
        Session phone = register();
        Session laptop = logIn("laptop");
        done(accounts.logOut(ANN, null));
        assertThat(isGood(phone)).isFalse();
        assertThat(isGood(laptop)).isFalse();

        Session second = logIn("phone");
        done(accounts.changePassword("ann", PASSWORD, "battery staple"));
        assertThat(isGood(second)).isFalse();

        Session third = session(accounts.logIn("ann", "battery staple", "phone"));
        done(operator.setPassword("ann", PASSWORD));
        assertThat(isGood(third)).isFalse();

        Session fourth = logIn("phone");
        done(operator.enable("ann", false));
        done(operator.enable("ann", true));
        assertThat(isGood(fourth)).as("of before the user was disabled").isFalse();

        Session fifth = logIn("phone");
        done(accounts.erase("ann", PASSWORD));
        assertThat(isGood(fifth)).isFalse();
    }

    @Test
    void refresh_tokenUsedTwice_endsTheTokensOfTheDevice() throws Exception {
        Session first = register();
        now = now.plusSeconds(60);
        Session second = session(accounts.refresh(first.refreshToken()));
        now = now.plusSeconds(60);
        Session third = session(accounts.refresh(second.refreshToken()));
        now = now.plusSeconds(60);
        assertThat(wait(accounts.refresh(first.refreshToken()))).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        now = now.plusSeconds(1);

        assertThat(isGood(first)).isFalse();
        assertThat(isGood(third)).isFalse();
        assertThat(isGood(logIn("phone"))).isTrue();
    }

    @Test
    void logIn_oneMoreThanTheDevicesOfAUser_endsTheTokensOfTheFirst() throws Exception {
        Session first = register();
        for (int i = 0; i < Sessions.MAX_FAMILIES - 1; i++) {
            store.replace(
                    null,
                    RefreshFamily.start(
                            "f" + i, ANN, new DeviceId("d" + i), SecretHash.of("x"), now.toEpochMilli() + 1 + i));
        }
        now = now.plusSeconds(1);
        logIn("laptop");

        assertThat(isGood(first)).isFalse();
    }

    @Test
    void logIn_rightBehindALogOut_waitsForTheNextSecond_andItsTokenCounts() throws Exception {
        on(InstantSource.system());
        register();
        for (int i = 0; i < 3; i++) {
            assertThat(wait(accounts.logOut(ANN, null))).isInstanceOf(Done.class);
            Session again = logIn("phone");
            now = Instant.now();
            assertThat(isGood(again)).isTrue();
            Session renewed = session(accounts.refresh(again.refreshToken()));
            assertThat(isGood(renewed)).isTrue();
        }
    }

    @Test
    void logIn_whileThePasswordChanges_isNotLoggedInWithTheOldOne() throws Exception {
        register();
        Account before = store.account(ANN).orElseThrow();
        done(accounts.changePassword("ann", PASSWORD, "battery staple"));
        Sessions sessions = new Sessions(store, issuer, Roles.BUILT_IN, revocations, () -> now, random);

        assertThat(sessions.start(before, PHONE)).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(store.families(ANN)).isEmpty();
    }
}
