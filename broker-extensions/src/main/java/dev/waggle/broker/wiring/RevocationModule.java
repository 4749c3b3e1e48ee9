package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.Standings;
import dev.waggle.auth.revocation.MemoryRevocations;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.auth.revocation.RevocationStore;
import java.time.InstantSource;
import javax.inject.Singleton;

/** What no longer counts. */
@Module
interface RevocationModule {

    @Provides
    @Singleton
    static RevocationStore kept() {
        return new MemoryRevocations();
    }

    @Provides
    @Singleton
    static RevocationRegister register(RevocationStore kept, InstantSource clock) {
        return new RevocationRegister(kept, clock);
    }

    @Provides
    static Standings standings(RevocationRegister register) {
        return register.table();
    }
}
