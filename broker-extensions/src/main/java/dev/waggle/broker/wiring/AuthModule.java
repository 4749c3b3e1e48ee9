package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.ChatAccessRules;
import dev.waggle.auth.Roles;
import dev.waggle.auth.Standings;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.jwt.IdTokens;
import dev.waggle.auth.jwt.JwtVerifier;
import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.RotatingKeys;
import dev.waggle.auth.jwt.TrustedIssuers;
import dev.waggle.auth.jwt.VerificationPool;
import dev.waggle.auth.jwt.keys.HttpDocuments;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.metrics.TokenCounters;
import dev.waggle.broker.session.SessionRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import org.slf4j.LoggerFactory;

/** Identity: the trusted issuers and their keys, the verifier, the access rule. */
@Module
interface AuthModule {
    /** Verified tokens remembered for reconnects; a token and its identity take about 2 KiB. */
    int CACHED_TOKENS = 4_096;

    String KEY_FETCHES = "key fetches";
    /** The client's own work for a fetch is short; a name server that is slow may hold one. */
    int KEY_FETCH_THREADS = 2;

    @Provides
    @Singleton
    static RotatingKeys keys(
            WaggleConfig config, InstantSource clock, SecureRandom random, SessionRegistry connections) {
        return RotatingKeys.open(
                        config.data(),
                        config.issuers().keyLife(),
                        clock,
                        random,
                        () -> connections.endAll(LocalIssuer.DEFAULT_NAME, "the key of the token was withdrawn"))
                .fold(keys -> keys, reason -> {
                    throw new Unusable(reason);
                });
    }

    @Provides
    static Roles roles(WaggleConfig config) {
        return config.rights().roles();
    }

    @Provides
    @Singleton
    static ThreadPoolExecutor verification() {
        return VerificationPool.of(VerificationPool.DEFAULT_THREADS, VerificationPool.DEFAULT_QUEUE);
    }

    /** Only made if there is an external issuer; its threads end when idle. */
    @Provides
    @Singleton
    @Named(KEY_FETCHES)
    static ThreadPoolExecutor keyFetches() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                KEY_FETCH_THREADS,
                KEY_FETCH_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads("issuer-keys"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Provides
    @Singleton
    static TrustedIssuers issuers(
            WaggleConfig config,
            Provider<RotatingKeys> keys,
            @Named(KEY_FETCHES) ThreadPoolExecutor fetches,
            InstantSource clock,
            TokenCounters counters,
            Roles roles) {
        WaggleConfig.Issuers told = config.issuers();
        TrustedIssuers.Builder trusted = new TrustedIssuers.Builder(new HttpDocuments(fetches), clock, counters, roles);
        if (told.local()) {
            trusted.local(LocalIssuer.DEFAULT_NAME, keys.get(), told.localRaw());
        }
        told.external().forEach(trusted::external);
        TrustedIssuers all = trusted.build();
        LoggerFactory.getLogger(AuthModule.class).info("issuers: {}{}", all.names(), told.local() ? " (local)" : "");
        return all;
    }

    @Provides
    @Singleton
    static IdTokens idTokens(
            WaggleConfig config,
            @Named(KEY_FETCHES) ThreadPoolExecutor fetches,
            InstantSource clock,
            TokenCounters counters) {
        return new IdTokens(config.issuers().exchange(), new HttpDocuments(fetches), clock, counters);
    }

    @Provides
    @Singleton
    static TokenVerifier verifier(
            TrustedIssuers issuers,
            ThreadPoolExecutor pool,
            InstantSource clock,
            Standings standings,
            TokenCounters counters) {
        return new JwtVerifier(issuers, pool, clock, CACHED_TOKENS, standings, counters);
    }

    /** Ordinary topics are closed until the configuration has rules for them. */
    @Provides
    @Singleton
    static AccessRules access(WaggleConfig config) {
        return new ChatAccessRules(config.rights().topicRules());
    }
}
