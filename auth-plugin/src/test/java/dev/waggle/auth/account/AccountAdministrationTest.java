package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.password.HashingHere;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountAdministrationTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder;

    private final MemoryAccounts store = new MemoryAccounts();
    private final AccountThreads threads = new AccountThreads(4);
    private LocalAccounts owners;
    private AccountAdministration accounts;

    @BeforeEach
    void start() {
        SecureRandom random = new SecureRandom();
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        LocalKeys keys = LocalKeys.open(folder.resolve("data"), random).get();
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, () -> now, random);
        RevocationRegister revocations = new RevocationRegister(new MemoryRevocations(), () -> now);
        owners = new LocalAccounts(
                store,
                threads,
                new HashingHere(random),
                new Registration.Closed(),
                issuer,
                Roles.BUILT_IN,
                revocations,
                () -> now,
                random);
        accounts = new AccountAdministration(
                store, threads, new HashingHere(random), issuer, Roles.BUILT_IN, revocations, () -> now, random);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static AccountAnswer.Why why(CompletionStage<AccountAnswer> answer) throws Exception {
        return ((AccountAnswer.Refused) wait(answer)).why();
    }

    private AccountAnswer logIn(String password) throws Exception {
        return wait(owners.logIn("ann", password, "phone"));
    }

    @Test
    void add_thenDisableAndEnable_letsInOnlyMeanwhile() throws Exception {
        assertThat(wait(accounts.add("ann", PASSWORD, "admin"))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(why(accounts.add("ann", PASSWORD, "user"))).isEqualTo(AccountAnswer.Why.TAKEN);
        AccountAnswer.Session in = (AccountAnswer.Session) logIn(PASSWORD);

        assertThat(wait(accounts.enable("ann", false))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(logIn(PASSWORD)).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(wait(owners.refresh(in.refreshToken()))).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(wait(accounts.enable("ann", true))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(logIn(PASSWORD)).isInstanceOf(AccountAnswer.Session.class);
        assertThat(wait(owners.refresh(in.refreshToken())))
                .as("disabling ended it for good")
                .isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(store.account(new UserId("ann")).orElseThrow().role()).isEqualTo("admin");
    }

    @Test
    void setPassword_ofSomebody_theOldOneAndItsLogInsEnd() throws Exception {
        wait(accounts.add("ann", PASSWORD, "user"));
        AccountAnswer.Session in = (AccountAnswer.Session) logIn(PASSWORD);
        assertThat(wait(accounts.setPassword("ann", "battery staple"))).isInstanceOf(AccountAnswer.Done.class);

        assertThat(logIn(PASSWORD)).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(wait(owners.refresh(in.refreshToken()))).isEqualTo(AccountAnswer.BAD_CREDENTIALS);
        assertThat(logIn("battery staple")).isInstanceOf(AccountAnswer.Session.class);
    }

    @Test
    void anything_unknownOrErasedOrBad_refused() throws Exception {
        wait(accounts.add("ann", PASSWORD, "user"));
        wait(owners.erase("ann", PASSWORD));
        assertThat(why(accounts.enable("ann", true))).isEqualTo(AccountAnswer.Why.UNKNOWN);
        assertThat(why(accounts.setPassword("ann", PASSWORD))).isEqualTo(AccountAnswer.Why.UNKNOWN);
        assertThat(why(accounts.enable("bob", false))).isEqualTo(AccountAnswer.Why.UNKNOWN);
        assertThat(why(accounts.add("a/b", PASSWORD, "user"))).isEqualTo(AccountAnswer.Why.FORM);
        assertThat(why(accounts.add("xaaaaaaaaaaaaaaaaaaaaaaaaaa", PASSWORD, "user")))
                .isEqualTo(AccountAnswer.Why.FORM);
        assertThat(why(accounts.add("bob", "short", "user"))).isEqualTo(AccountAnswer.Why.FORM);
        assertThat(wait(accounts.list(null, 10)).toString()).doesNotContain("ann", "argon2");
    }

    @Test
    void list_living_inPages() throws Exception {
        for (String user : new String[] {"a", "b", "c"}) {
            wait(accounts.add(user, PASSWORD, "user"));
        }
        AccountAnswer.Listed first = (AccountAnswer.Listed) wait(accounts.list(null, 2));
        assertThat(first.accounts())
                .extracting(account -> account.user().value())
                .containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        AccountAnswer.Listed rest = (AccountAnswer.Listed) wait(accounts.list(new UserId("b"), 2));
        assertThat(rest.accounts()).hasSize(1);
        assertThat(rest.more()).isFalse();
    }
}
