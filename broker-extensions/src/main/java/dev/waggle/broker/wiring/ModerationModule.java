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
import dev.waggle.broker.http.admin.ShadowedPath;
import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.VerdictCounters;
import dev.waggle.broker.moderation.Hook;
import dev.waggle.broker.moderation.Judge;
import dev.waggle.broker.moderation.Reports;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.moderation.Verdict;
import dev.waggle.broker.moderation.Verdicts;
import dev.waggle.push.http.ClientSender;
import dev.waggle.push.webhook.WebhookSignature;
import dev.waggle.spec.Bytes;
import dev.waggle.store.ChatStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.inject.Provider;
import javax.inject.Singleton;

/** What is done about messages that others should not have to see. */
@Module
interface ModerationModule {
    int IDLE_SECONDS = 10;
    int MOST_ANSWER_BYTES = 1_024;

    @Provides
    @Singleton
    static Reports reports(ChatStore store, InstantSource clock, SecureRandom random, WaggleConfig config) {
        return new Reports(store, clock, random, config.moderation().openReports());
    }

    @Provides
    @Singleton
    static Screening screening(WaggleConfig config, Reports reports, Exposition exposition, InstantSource clock) {
        Verdicts verdicts = new VerdictCounters(exposition);
        WaggleConfig.Hook hook = config.moderation().hook();
        return new Screening(
                config.moderation().terms(),
                hook == null ? Judge.NOBODY : hook(hook, clock, verdicts),
                reports,
                verdicts);
    }

    private static Hook hook(WaggleConfig.Hook hook, InstantSource clock, Verdicts verdicts) {
        // Two threads for the client's own work, which end when there has been none for a while.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                2, 2, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads("moderation-hook"));
        threads.allowCoreThreadTimeOut(true);
        return new Hook(
                hook.url(),
                new WebhookSignature(Bytes.utf8(hook.secret().reveal())),
                new ClientSender(threads, clock, hook.timeout(), MOST_ANSWER_BYTES),
                hook.refuses() ? Verdict.REFUSE : Verdict.ALLOW,
                clock,
                verdicts);
    }

    @Provides
    @IntoSet
    static AdminPath shadow(ChatStore store, InstantSource clock) {
        return new ShadowPath(store, clock);
    }

    @Provides
    @IntoSet
    static AdminPath shadowed(ChatStore store) {
        return new ShadowedPath(store.reads());
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
