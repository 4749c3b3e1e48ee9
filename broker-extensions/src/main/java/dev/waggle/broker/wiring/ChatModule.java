package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.account.LocalAccounts;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.call.CallTable;
import dev.waggle.broker.call.DeviceCalls;
import dev.waggle.broker.call.GroupIds;
import dev.waggle.broker.call.PushCalls;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.marks.MarkBoard;
import dev.waggle.broker.metrics.TrafficCounters;
import dev.waggle.broker.moderation.Reports;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.presence.PresenceBoard;
import dev.waggle.broker.session.ChatHost;
import dev.waggle.broker.session.Guards;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.store.ChatStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.inject.Singleton;

/** The data path: sessions, calls, rates. */
@Module
interface ChatModule {

    @Provides
    @Singleton
    static SessionRegistry sessions() {
        return new SessionRegistry();
    }

    @Provides
    @Singleton
    static MarkBoard marks(SessionRegistry sessions, WaggleConfig config, InstantSource clock) {
        return new MarkBoard(sessions, config.limits().marks(), clock);
    }

    @Provides
    @Singleton
    static PresenceBoard presence(SessionRegistry sessions, InstantSource clock) {
        return new PresenceBoard(sessions, clock);
    }

    @Provides
    @Singleton
    static Rates rates(WaggleConfig config, InstantSource clock) {
        WaggleConfig.ChatLimits limits = config.limits();
        Rates.Settings settings = new Rates.Settings(
                limits.sends(),
                limits.serviceSends(),
                limits.calls(),
                Rates.Settings.defaults().now(),
                limits.connects(),
                config.guards().deviceConnects(),
                config.guards().ordinary(),
                config.guards().filters());
        return new Rates(settings, clock);
    }

    @Provides
    @Singleton
    static CallHandler calls(
            ChatStore store,
            WaggleConfig config,
            InstantSource clock,
            SecureRandom random,
            PresenceBoard presence,
            SessionRegistry sessions,
            Reports reports,
            Screening screening,
            PushCalls pushes,
            LocalAccounts accounts) {
        return new CallTable(
                store,
                config.limits().contract(),
                clock,
                new GroupIds(random),
                presence,
                sessions,
                reports,
                screening,
                pushes,
                new DeviceCalls(store, sessions, accounts::logOut, clock));
    }

    @Provides
    @Singleton
    static MessageBounds bounds(WaggleConfig config) {
        return new MessageBounds(config.limits().contract(), config.rights().hurried());
    }

    @Provides
    @Singleton
    static ChatHost chat(
            ChatStore store,
            AccessRules access,
            CallHandler calls,
            WaggleConfig config,
            MessageBounds bounds,
            Screening screening,
            Guards guards,
            InstantSource clock,
            SessionRegistry registry,
            MarkBoard marks,
            PresenceBoard presence,
            RevocationRegister revocations,
            TrafficCounters traffic) {
        return new ChatHost(
                store,
                access,
                calls,
                config.limits().contract(),
                bounds,
                screening,
                guards,
                clock,
                registry,
                marks,
                presence,
                revocations.table(),
                traffic);
    }
}
