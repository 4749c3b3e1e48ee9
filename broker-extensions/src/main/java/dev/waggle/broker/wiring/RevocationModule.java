package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.Standings;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.auth.revocation.RevocationStore;
import dev.waggle.broker.push.LoggedOut;
import dev.waggle.broker.revocations.StoredRevocations;
import dev.waggle.store.ChatStore;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import javax.inject.Singleton;

/** What no longer counts. */
@Module
interface RevocationModule {

    @Provides
    @Singleton
    static RevocationStore kept(ChatStore store, InstantSource clock) {
        return new LoggedOut(new StoredRevocations(store, clock), store, clock);
    }

    @Provides
    @Singleton
    static RevocationRegister register(RevocationStore kept, InstantSource clock) {
        try {
            return new RevocationRegister(kept, clock);
        } catch (UncheckedIOException unreadable) {
            throw new Unusable(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    @Provides
    static Standings standings(RevocationRegister register) {
        return register.table();
    }
}
