package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.jwt.JwtVerifier;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.VerificationPool;
import dev.waggle.broker.config.WaggleConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import javax.inject.Singleton;
import org.slf4j.LoggerFactory;

/** Identity: the local issuer's key, the verifier, the access rule. */
@Module
interface AuthModule {
    /** Verified tokens remembered for reconnects; a token and its identity take about 2 KiB. */
    int CACHED_TOKENS = 4_096;

    @Provides
    @Singleton
    static LocalKeys keys(WaggleConfig config, SecureRandom random) {
        return LocalKeys.open(config.data(), random).fold(keys -> keys, reason -> {
            throw new Unusable(reason);
        });
    }

    @Provides
    @Singleton
    static ThreadPoolExecutor verification() {
        return VerificationPool.of(VerificationPool.DEFAULT_THREADS, VerificationPool.DEFAULT_QUEUE);
    }

    @Provides
    @Singleton
    static TokenVerifier verifier(LocalKeys keys, ThreadPoolExecutor pool, InstantSource clock) {
        LoggerFactory.getLogger(AuthModule.class).info("issuers: {} (local)", LocalIssuer.DEFAULT_NAME);
        return new JwtVerifier(keys, LocalIssuer.DEFAULT_NAME, pool, clock, CACHED_TOKENS);
    }

    /** Ordinary topics are closed until the configuration has rules for them. */
    @Provides
    @Singleton
    static AccessRules access() {
        return new ChatAccessRules(List.of());
    }
}
