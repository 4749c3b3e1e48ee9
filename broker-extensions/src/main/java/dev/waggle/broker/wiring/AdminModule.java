package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dagger.multibindings.ElementsIntoSet;
import dagger.multibindings.IntoSet;
import dev.waggle.auth.account.AccountAdministration;
import dev.waggle.auth.account.AccountAnswer;
import dev.waggle.auth.account.Invitations;
import dev.waggle.auth.jwt.TrustedIssuers;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.http.admin.AdminPath;
import dev.waggle.broker.http.admin.BansPath;
import dev.waggle.broker.http.admin.DeadPushesPath;
import dev.waggle.broker.http.admin.EnablingPath;
import dev.waggle.broker.http.admin.ExplainPath;
import dev.waggle.broker.http.admin.InvitesPath;
import dev.waggle.broker.http.admin.RevokedPath;
import dev.waggle.broker.http.admin.SessionsPath;
import dev.waggle.broker.push.DeadLetters;
import dev.waggle.broker.push.PushEngine;
import dev.waggle.broker.push.PushJournal;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.session.SessionRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Provider;

/** What administrators may ask; each path binds itself. */
@Module
interface AdminModule {

    @Provides
    @IntoSet
    static AdminPath sessions(SessionRegistry registry) {
        return new SessionsPath(registry);
    }

    @Provides
    @IntoSet
    static AdminPath revocations(RevocationRegister register, TrustedIssuers issuers, InstantSource clock) {
        return new RevokedPath(register, issuers.names(), clock);
    }

    @Provides
    @IntoSet
    static AdminPath enabling(
            WaggleConfig config, RevocationRegister register, Provider<AccountAdministration> accounts) {
        return new EnablingPath(
                register, config.issuers().hasAccounts() ? accounts.get()::enable : AdminModule::nobodyHasAnAccount);
    }

    @Provides
    @IntoSet
    static AdminPath bans(BanLadder bans) {
        return new BansPath(bans);
    }

    @Provides
    @IntoSet
    static AdminPath explain(
            RefusalJournal journal,
            BanLadder bans,
            SessionRegistry registry,
            RevocationRegister register,
            PushJournal pushes) {
        return new ExplainPath(journal, bans, registry, register.table()::isDisabled, pushes);
    }

    @Provides
    @IntoSet
    static AdminPath deadPushes(DeadLetters letters, PushEngine pushes) {
        return new DeadPushesPath(letters, pushes.replays());
    }

    @Provides
    @ElementsIntoSet
    static Set<AdminPath> invites(WaggleConfig config, Provider<Invitations> invitations) {
        return config.issuers().hasAccounts()
                ? Set.of(new InvitesPath(
                        invitations.get(), config.accounts().registration() == WaggleConfig.RegistrationBy.INVITE))
                : Set.of();
    }

    private static CompletionStage<AccountAnswer> nobodyHasAnAccount(String user, boolean may) {
        return CompletableFuture.completedFuture(
                new AccountAnswer.Refused(AccountAnswer.Why.UNKNOWN, "there are no accounts here"));
    }
}
