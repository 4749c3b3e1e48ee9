package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.http.Strangers;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.RefusalCounters;
import dev.waggle.broker.refusals.RefusalJournal;
import dev.waggle.broker.session.Guards;
import java.time.InstantSource;
import javax.inject.Singleton;

/** What one client may take, who is banned, and what was refused. */
@Module
interface GuardModule {

    @Provides
    @Singleton
    static BanLadder bans(WaggleConfig config, InstantSource clock) {
        return new BanLadder(config.guards().bans(), clock);
    }

    @Provides
    @Singleton
    static RefusalJournal journal(InstantSource clock, Exposition exposition) {
        return new RefusalJournal(clock, new RefusalCounters(exposition));
    }

    @Provides
    @Singleton
    static Strangers strangers(BanLadder bans, RefusalJournal journal) {
        return new Strangers(bans, journal);
    }

    @Provides
    @Singleton
    static Guards guards(WaggleConfig config, Rates rates, BanLadder bans, RefusalJournal journal) {
        WaggleConfig.GuardLimits limits = config.guards();
        return new Guards(rates, bans, journal, limits.connections(), limits.serviceConnections());
    }
}
