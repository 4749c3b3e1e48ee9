package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Identity;
import dev.waggle.auth.Roles;
import dev.waggle.auth.Verdict;
import dev.waggle.auth.jwt.JwtVerifier;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.password.HashingHere;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAccountsTest {
    private static final String PASSWORD = "correct horse";
    private static final UserId ANN = new UserId("ann");

    @TempDir
    static Path folder;

    private final MemoryAccounts store = new MemoryAccounts();
    private final SecureRandom random = new SecureRandom();
    private AccountThreads threads = new AccountThreads(4);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private LocalKeys keys;
    private LocalAccounts accounts;

    @BeforeEach
    void start() {
        keys = LocalKeys.open(folder.resolve("data"), random).get();
        accounts = accounts(new Registration.Open(), store);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private LocalAccounts accounts(Registration registration, AccountStore where) {
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, () -> now, random);
        RevocationRegister revocations = new RevocationRegister(new MemoryRevocations(), () -> now);
        return new LocalAccounts(
                where,
                threads,
                new HashingHere(random),
                registration,
                issuer,
                Roles.BUILT_IN,
                revocations,
                () -> now,
                random);
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static AccountAnswer.Session session(CompletionStage<AccountAnswer> answer) throws Exception {
        AccountAnswer got = wait(answer);
        assertThat(got).isInstanceOf(AccountAnswer.Session.class);
        return (AccountAnswer.Session) got;
    }

    private static AccountAnswer.Why why(CompletionStage<AccountAnswer> answer) throws Exception {
        AccountAnswer got = wait(answer);
        assertThat(got).isInstanceOf(AccountAnswer.Refused.class);
        assertThat(((AccountAnswer.Refused) got).reason()).doesNotContain(PASSWORD);
        return ((AccountAnswer.Refused) got).why();
    }

    private AccountAnswer.Session ann() throws Exception {
        return session(accounts.register("ann", PASSWORD, "phone", null));
    }

    private Identity identity(AccountAnswer.Session session) {
        Verdict verdict = new JwtVerifier(keys, LocalIssuer.DEFAULT_NAME, Runnable::run, () -> now, 2)
                .verify(session.accessToken())
                .toCompletableFuture()
                .getNow(new Verdict.Denied(0, "late"));
        return verdict.fold(identity -> identity, denied -> {
            throw new AssertionError(denied);
        });
    }

    @Test
    void register_thenLogIn_tokensOfThatUserAndDevice() throws Exception {
        AccountAnswer.Session first = ann();
        AccountAnswer.Session second = session(accounts.logIn("ann", PASSWORD, "laptop"));

        assertThat(first.clientId()).isEqualTo("ann.phone");
        assertThat(identity(first).user()).isEqualTo(ANN);
        assertThat(identity(first).device()).isEqualTo(new DeviceId("phone"));
        assertThat(identity(second).device()).isEqualTo(new DeviceId("laptop"));
        assertThat(identity(second).role()).isEqualTo(Actor.Role.USER);
        assertThat(first.expiresIn()).isBetween(Duration.ofSeconds(810), Duration.ofSeconds(990));
        assertThat(store.account(ANN).orElseThrow().passwordHash()).startsWith("$argon2id$");
        assertThat(store.families(ANN).toString() + store.account(ANN) + first)
                .doesNotContain(PASSWORD, "argon2", first.refreshToken(), first.accessToken());
    }

    @Test
    void register_takenName_refusedAndTheFirstStays() throws Exception {
        ann();
        assertThat(why(accounts.register("ann", "another password", "phone", null)))
                .isEqualTo(AccountAnswer.Why.TAKEN);
        assertThat(why(accounts.logIn("ann", "another password", "phone"))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        session(accounts.register("Ann", "another password", "phone", null));
    }

    @ParameterizedTest
    @CsvSource({
        "ann/x, correct horse, phone",
        "'', correct horse, phone",
        "xabcdefghijklmnopqrstuvwxyz, correct horse, phone",
        "ann, short, phone",
        "longenough, LongEnough, phone",
        "ann, correct horse, my phone",
        "ann, correct horse, ''"
    })
    void register_wrongForm_refused(String user, String password, String device) throws Exception {
        assertThat(why(accounts.register(user, password, device, null))).isEqualTo(AccountAnswer.Why.FORM);
    }

    @Test
    void register_closedOrByInvitation_onlyThoseWhoMay() throws Exception {
        LocalAccounts closed = accounts(new Registration.Closed(), store);
        Invitations none = new Invitations(new MemoryInvitations(), threads, () -> now, random);
        LocalAccounts invited = accounts(new Registration.Invited("come in", none), store);
        LocalAccounts forgotten = accounts(new Registration.Invited("", none), store);

        assertThat(why(closed.register("ann", PASSWORD, "d", "come in"))).isEqualTo(AccountAnswer.Why.CLOSED);
        assertThat(why(invited.register("ann", PASSWORD, "d", null))).isEqualTo(AccountAnswer.Why.CLOSED);
        assertThat(why(invited.register("ann", PASSWORD, "d", "come"))).isEqualTo(AccountAnswer.Why.CLOSED);
        assertThat(why(forgotten.register("ann", PASSWORD, "d", ""))).isEqualTo(AccountAnswer.Why.CLOSED);
        session(invited.register("ann", PASSWORD, "d", "come in"));
        assertThat(new Registration.Invited("come in", none).toString()).doesNotContain("come");
    }

    @Test
    void logIn_unknownWrongOrDisabled_oneAnswer() throws Exception {
        ann();
        AccountAnswer wrong = wait(accounts.logIn("ann", "wrong password", "phone"));
        assertThat(wait(accounts.logIn("nobody", PASSWORD, "phone"))).isEqualTo(wrong);
        assertThat(wait(accounts.logIn("no/body", PASSWORD, "phone"))).isEqualTo(wrong);
        assertThat(wait(accounts.logIn("ann", "x".repeat(100_000), "phone"))).isEqualTo(wrong);
        assertThat(wait(accounts.logIn("ann", "", "phone"))).isEqualTo(wrong);
        Account account = store.account(ANN).orElseThrow();
        store.replace(account, new Account(ANN, account.passwordHash(), account.role(), false));
        assertThat(wait(accounts.logIn("ann", PASSWORD, "phone"))).isEqualTo(wrong);
    }

    @Test
    void logIn_unknownUser_takesAsLongAsAWrongPassword() throws Exception {
        ann();
        List<Long> unknown = new ArrayList<>();
        List<Long> wrong = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            unknown.add(nanos("nobody"));
            wrong.add(nanos("ann"));
        }
        double ratio = (double) median(unknown) / median(wrong);
        assertThat(ratio).as("a shortcut would be a hundredfold").isBetween(0.2, 5.0);
    }

    private long nanos(String user) throws Exception {
        long start = System.nanoTime();
        wait(accounts.logIn(user, "wrong password", "phone"));
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    @Test
    void logIn_hashOfOldParameters_isRenewed() throws Exception {
        String old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        store.replace(null, new Account(ANN, old, Actor.Role.USER, true));

        session(accounts.logIn("ann", "password", "phone"));

        assertThat(store.account(ANN).orElseThrow().passwordHash()).contains("m=19456,t=2,p=1");
        session(accounts.logIn("ann", "password", "phone"));
    }

    @Test
    void logIn_moreThanTheQueueHolds_busy() throws Exception {
        threads.close();
        threads = new AccountThreads(1, 2);
        LocalAccounts small = accounts(new Registration.Open(), store);
        List<CompletableFuture<AccountAnswer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> small.logIn("nobody", PASSWORD, "phone").toCompletableFuture())
                .toList();
        long busy = 0;
        for (CompletableFuture<AccountAnswer> answer : answers) {
            busy += wait(answer) instanceof AccountAnswer.Busy ? 1 : 0;
        }
        assertThat(busy).isBetween(15L, 18L);
    }

    @Test
    void refresh_newest_newPairAndTheOldOneIsGoodNoMore() throws Exception {
        AccountAnswer.Session first = ann();
        now = now.plusSeconds(600);
        AccountAnswer.Session second = session(accounts.refresh(first.refreshToken()));

        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(identity(second).device()).isEqualTo(new DeviceId("phone"));
        now = now.plusSeconds(600);
        assertThat(why(accounts.refresh(first.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.refresh(second.refreshToken())))
                .as("reuse ends the family")
                .isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(store.families(ANN)).isEmpty();
    }

    @Test
    void refresh_forgedSecretOfAKnownFamily_endsIt() throws Exception {
        AccountAnswer.Session ann = ann();
        String family = ann.refreshToken().substring(0, 23);
        assertThat(why(accounts.refresh(family + "A".repeat(43)))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(store.families(ANN)).isEmpty();
    }

    @Test
    void refresh_noToken_refusedLikeABadOne() throws Exception {
        for (String text : List.of("", "x", "a.b", "A".repeat(22) + "." + "A".repeat(43), "x".repeat(100_000))) {
            assertThat(wait(accounts.refresh(text))).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        }
    }

    @Test
    void refresh_afterThirtyDaysOrWhenDisabled_refused() throws Exception {
        AccountAnswer.Session ann = ann();
        now = now.plus(RefreshFamily.LIFETIME);
        assertThat(why(accounts.refresh(ann.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);

        AccountAnswer.Session again = session(accounts.logIn("ann", PASSWORD, "phone"));
        Account account = store.account(ANN).orElseThrow();
        store.replace(account, new Account(ANN, account.passwordHash(), account.role(), false));
        assertThat(why(accounts.refresh(again.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(store.families(ANN)).isEmpty();
    }

    @Test
    void refresh_manyAtOnceWithOneToken_neverTwoThatLast() throws Exception {
        AccountAnswer.Session ann = ann();
        List<CompletableFuture<AccountAnswer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> accounts.refresh(ann.refreshToken()).toCompletableFuture())
                .toList();
        Set<String> got = new HashSet<>();
        for (CompletableFuture<AccountAnswer> answer : answers) {
            if (wait(answer) instanceof AccountAnswer.Session session) {
                got.add(session.refreshToken());
            }
        }
        now = now.plusSeconds(60);
        int good = 0;
        for (String token : got) {
            good += wait(accounts.refresh(token)) instanceof AccountAnswer.Session ? 1 : 0;
        }
        assertThat(good).isLessThanOrEqualTo(1);
    }

    @Test
    void logIn_sameDeviceAgain_theEarlierOneEnds() throws Exception {
        AccountAnswer.Session first = ann();
        session(accounts.logIn("ann", PASSWORD, "phone"));
        assertThat(why(accounts.refresh(first.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(store.families(ANN)).hasSize(1);
    }

    @Test
    void logIn_moreDevicesThanAllowed_theFirstMakesRoom() throws Exception {
        ann();
        for (int i = 0; i < Sessions.MAX_FAMILIES - 1; i++) {
            store.replace(null, AccountStoreContract.family("f" + i, ANN, "d" + i, now.toEpochMilli() + 1 + i));
        }
        session(accounts.logIn("ann", PASSWORD, "new"));
        assertThat(store.families(ANN))
                .hasSize(Sessions.MAX_FAMILIES)
                .extracting(family -> family.device().value())
                .contains("new", "d0")
                .doesNotContain("phone");
    }

    @Test
    void revoke_logOutAndChangedPassword_endWhatTheySay() throws Exception {
        AccountAnswer.Session phone = ann();
        AccountAnswer.Session laptop = session(accounts.logIn("ann", PASSWORD, "laptop"));
        AccountAnswer.Session desk = session(accounts.logIn("ann", PASSWORD, "desk"));

        assertThat(wait(accounts.revoke(phone.refreshToken()))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(wait(accounts.revoke(phone.refreshToken()))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(wait(accounts.revoke("nonsense"))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(why(accounts.refresh(phone.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        wait(accounts.logOut(ANN, new DeviceId("laptop")));
        assertThat(why(accounts.refresh(laptop.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(wait(accounts.changePassword("ann", PASSWORD, "battery staple")))
                .isInstanceOf(AccountAnswer.Done.class);
        assertThat(why(accounts.refresh(desk.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.logIn("ann", PASSWORD, "desk"))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        session(accounts.logIn("ann", "battery staple", "desk"));
    }

    @Test
    void changePassword_withoutTheOldOne_refusedAndNothingChanges() throws Exception {
        AccountAnswer.Session phone = ann();
        assertThat(why(accounts.changePassword("ann", "wrong password", "battery staple")))
                .isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.changePassword("bob", PASSWORD, "battery staple")))
                .isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.changePassword("ann", PASSWORD, "short"))).isEqualTo(AccountAnswer.Why.FORM);
        session(accounts.refresh(phone.refreshToken()));
        session(accounts.logIn("ann", PASSWORD, "phone"));
    }

    @Test
    void erase_ownAccount_endsItForGoodAndTheIdIsGivenToNobody() throws Exception {
        AccountAnswer.Session phone = ann();
        assertThat(why(accounts.erase("ann", "wrong password"))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(wait(accounts.erase("ann", PASSWORD))).isInstanceOf(AccountAnswer.Done.class);

        assertThat(why(accounts.refresh(phone.refreshToken()))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.logIn("ann", PASSWORD, "phone"))).isEqualTo(AccountAnswer.Why.CREDENTIALS);
        assertThat(why(accounts.register("ann", PASSWORD, "phone", null))).isEqualTo(AccountAnswer.Why.TAKEN);
    }

    @Test
    void logIn_storeFails_failedNotRefused() throws Exception {
        LocalAccounts broken = accounts(new Registration.Open(), new BrokenStore());
        assertThat(wait(broken.logIn("ann", PASSWORD, "phone"))).isInstanceOf(AccountAnswer.Failed.class);
        assertThat(wait(broken.refresh("A".repeat(22) + "." + "A".repeat(43))))
                .isInstanceOf(AccountAnswer.Failed.class);
    }

    /** Its disk is gone. */
    private static final class BrokenStore implements AccountStore {
        private static UncheckedIOException gone() {
            return new UncheckedIOException(new IOException("no disk"));
        }

        @Override
        public Optional<Account> account(UserId user) {
            throw gone();
        }

        @Override
        public List<Account> accounts(UserId after, int limit) {
            throw gone();
        }

        @Override
        public boolean replace(Account before, Account after) {
            throw gone();
        }

        @Override
        public Optional<RefreshFamily> family(String id) {
            throw gone();
        }

        @Override
        public List<RefreshFamily> families(UserId user) {
            throw gone();
        }

        @Override
        public boolean replace(RefreshFamily before, RefreshFamily after) {
            throw gone();
        }
    }
}
