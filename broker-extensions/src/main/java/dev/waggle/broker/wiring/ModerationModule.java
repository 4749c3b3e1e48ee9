package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dagger.multibindings.IntoSet;
import dev.waggle.auth.account.AccountAdministration;
import dev.waggle.auth.revocation.Revocation;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.http.admin.AdminPath;
import dev.waggle.broker.http.admin.ReportActions;
import dev.waggle.broker.http.admin.ReportsPath;
import dev.waggle.broker.http.admin.ShadowPath;
import dev.waggle.broker.moderation.Reports;
import dev.waggle.store.ChatStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import javax.inject.Provider;
import javax.inject.Singleton;

/** What is done about messages that others should not have to see. */
@Module
interface ModerationModule {

    @Provides
    @Singleton
    static Reports reports(ChatStore store, InstantSource clock, SecureRandom random, WaggleConfig config) {
        return new Reports(store, clock, random, config.moderation().openReports());
    }

    @Provides
    @IntoSet
    static AdminPath shadow(ChatStore store, InstantSource clock) {
        return new ShadowPath(store, clock);
    }

    @Provides
    @IntoSet
    static AdminPath reportsPath(
            Reports reports,
            ChatStore store,
            WaggleConfig config,
            RevocationRegister register,
            Provider<AccountAdministration> accounts,
            InstantSource clock) {
        ReportActions.Ban ban = user -> register.revoke(new Revocation.Disabled(user))
                .thenCombine(
                        config.issuers().hasAccounts()
                                ? accounts.get().enable(user.value(), false).thenApply(done -> true)
                                : CompletableFuture.completedStage(true),
                        (outcome, done) -> outcome == RevocationRegister.Outcome.DONE);
        return new ReportsPath(reports, new ReportActions(store, clock, ban), clock);
    }
}
