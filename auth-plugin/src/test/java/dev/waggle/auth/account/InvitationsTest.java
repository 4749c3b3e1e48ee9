package dev.waggle.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.Roles;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.password.HashingHere;
import dev.waggle.auth.password.PasswordHash;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.spec.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvitationsTest {
    private static final String PASSWORD = "correct horse";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path folder;

    private final MemoryAccounts store = new MemoryAccounts();
    private final MemoryInvitations kept = new MemoryInvitations();
    private final AccountThreads threads = new AccountThreads(16);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Invitations invitations;
    private LocalAccounts accounts;

    @BeforeEach
    void start() {
        SecureRandom random = new SecureRandom();
        LocalKeys keys = LocalKeys.open(folder.resolve("data"), random).get();
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, () -> now, random);
        RevocationRegister revocations = new RevocationRegister(new MemoryRevocations(), () -> now);
        invitations = new Invitations(kept, threads, () -> now, random);
        Registration registration = new Registration.Invited(null, invitations);
        accounts = new LocalAccounts(
                store,
                threads,
                new HashingHere(random),
                registration,
                issuer,
                Roles.BUILT_IN,
                revocations,
                () -> now,
                random);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private static AccountAnswer wait(CompletionStage<AccountAnswer> answer) throws Exception {
        return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private AccountAnswer.Invited made(int uses) throws Exception {
        return (AccountAnswer.Invited) wait(invitations.make(uses, DAY));
    }

    private AccountAnswer register(String user, String invite) throws Exception {
        return wait(accounts.register(user, PASSWORD, "d", invite));
    }

    private static AccountAnswer.Why why(AccountAnswer answer) {
        return ((AccountAnswer.Refused) answer).why();
    }

    private int uses(AccountAnswer.Invited made) {
        return kept.invitation(made.invitation().id()).orElseThrow().usesLeft();
    }

    @Test
    void register_asOftenAsTheInvitationSays_thenNoMore() throws Exception {
        AccountAnswer.Invited made = made(2);
        assertThat(register("ann", made.code())).isInstanceOf(AccountAnswer.Session.class);
        assertThat(uses(made)).isEqualTo(1);
        assertThat(register("ben", made.code())).isInstanceOf(AccountAnswer.Session.class);
        assertThat(why(register("cleo", made.code()))).isEqualTo(AccountAnswer.Why.CLOSED);
        assertThat(uses(made)).isZero();
    }

    @Test
    void register_manyAtOnceWithACodeForOne_oneWins() throws Exception {
        AccountAnswer.Invited made = made(1);
        List<CompletionStage<AccountAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(accounts.register("user" + i, PASSWORD, "d", made.code()));
        }
        int winners = 0;
        for (CompletionStage<AccountAnswer> each : all) {
            winners += wait(each) instanceof AccountAnswer.Session ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
        assertThat(store.accounts(null, 100)).hasSize(1);
    }

    @Test
    void register_takenNameOrWrongForm_usesNothingUp() throws Exception {
        AccountAnswer.Invited made = made(1);
        store.replace(null, new Account(new UserId("ann"), PasswordHash.OF_NOBODY, "user", true));
        assertThat(why(register("ann", made.code()))).isEqualTo(AccountAnswer.Why.TAKEN);
        assertThat(why(register("a/b", made.code()))).isEqualTo(AccountAnswer.Why.FORM);
        assertThat(uses(made)).isEqualTo(1);
        assertThat(register("ben", made.code())).isInstanceOf(AccountAnswer.Session.class);
    }

    @Test
    void register_manyAtOnceOfOneName_useOneUseUp() throws Exception {
        AccountAnswer.Invited made = made(8);
        List<CompletionStage<AccountAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(accounts.register("ann", PASSWORD, "d", made.code()));
        }
        for (CompletionStage<AccountAnswer> each : all) {
            wait(each);
        }
        assertThat(uses(made)).isEqualTo(7);
    }

    @Test
    void register_wrongCodeOrEndedOrRevoked_closed() throws Exception {
        AccountAnswer.Invited made = made(5);
        AccountAnswer.Invited other = made(5);
        String id = made.invitation().id();
        String mixed = id + other.code().substring(id.length());
        for (String code :
                new String[] {mixed, id, made.code() + "a", made.code().toUpperCase(Locale.ROOT), ""}) {
            assertThat(why(register("ann", code))).as(code).isEqualTo(AccountAnswer.Why.CLOSED);
        }
        assertThat(why(register("ann", null))).isEqualTo(AccountAnswer.Why.CLOSED);
        assertThat(wait(invitations.revoke(id))).isInstanceOf(AccountAnswer.Done.class);
        assertThat(why(wait(invitations.revoke(id)))).isEqualTo(AccountAnswer.Why.UNKNOWN);
        assertThat(why(register("ann", made.code()))).isEqualTo(AccountAnswer.Why.CLOSED);
        now = now.plus(DAY);
        assertThat(why(register("ann", other.code()))).isEqualTo(AccountAnswer.Why.CLOSED);
    }

    @Test
    void make_moreThanAreKept_refused_untilOthersEnd() throws Exception {
        for (int i = 0; i < Invitations.MAX_KEPT; i++) {
            made(1);
        }
        assertThat(why(wait(invitations.make(1, DAY)))).isEqualTo(AccountAnswer.Why.FULL);
        now = now.plus(DAY);
        made(1);
        AccountAnswer.InvitationList list =
                (AccountAnswer.InvitationList) wait(invitations.list(null, Invitations.MAX_KEPT));
        assertThat(list.invitations()).as("those that ended made room").hasSize(1);
    }

    @Test
    void code_isNowherePrintedOrKept() throws Exception {
        AccountAnswer.Invited made = made(1);
        String secret = made.code().substring(made.invitation().id().length() + 1);
        assertThat(made.toString() + kept.invitations(null, 10) + InvitationCode.parse(made.code()))
                .doesNotContain(secret);
    }
}
