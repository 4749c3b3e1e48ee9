package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.broker.call.PushCalls;
import dev.waggle.broker.config.PushConfig;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.PushCounters;
import dev.waggle.broker.metrics.PushGauges;
import dev.waggle.broker.push.ConfiguredOutlets;
import dev.waggle.broker.push.DeadLetters;
import dev.waggle.broker.push.PushEngine;
import dev.waggle.broker.push.PushJournal;
import dev.waggle.broker.push.PushParts;
import dev.waggle.broker.push.PushRegistrations;
import dev.waggle.broker.push.PushSignals;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.push.guard.Backoff;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushLimits;
import dev.waggle.push.rules.PushRules;
import dev.waggle.push.rules.ReadSync;
import dev.waggle.push.text.Wording;
import dev.waggle.push.webpush.Encryption;
import dev.waggle.push.webpush.VapidKey;
import dev.waggle.push.webpush.VapidKeyFile;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.store.ChatStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.inject.Named;
import javax.inject.Singleton;

/** Waking sleeping devices. */
@Module
interface PushModule {
    String PUSH = "push";

    /** In the data directory. */
    String VAPID_FILE = "vapid.jwk";

    /** Devices of which it is remembered what they show; some 100 MB when all are used. */
    int REMEMBERED = 100_000;

    @Provides
    @Singleton
    static PushSignals signals() {
        return new PushSignals();
    }

    @Provides
    @Singleton
    static PushJournal journal() {
        return new PushJournal();
    }

    @Provides
    @Singleton
    static DeadLetters letters(ChatStore store, InstantSource clock) {
        return new DeadLetters(store, clock);
    }

    /** What comes here was bounded before: signals, reads, pushes under way. What comes after the end is done again. */
    @Provides
    @Singleton
    @Named(PUSH)
    static ThreadPoolExecutor thread() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads("push"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Provides
    @Singleton
    static VapidKey key(WaggleConfig config, SecureRandom random) {
        Parsed<VapidKey> key = new VapidKeyFile(config.data().resolve(VAPID_FILE), random).readOrMake();
        if (key instanceof Parsed.Bad<VapidKey> bad) {
            throw new Unusable(bad.reason());
        }
        return key.get();
    }

    @Provides
    @Singleton
    static ConfiguredOutlets outlets(WaggleConfig config, VapidKey key, SecureRandom random, InstantSource clock) {
        try {
            return new ConfiguredOutlets(config.push(), key, random, clock, NamedThreads::new);
        } catch (IllegalArgumentException bad) {
            throw new Unusable(String.valueOf(bad.getMessage()), bad);
        }
    }

    /** What hides conversations behind threads hangs on the one secret that there is for ever. */
    @Provides
    @Singleton
    static Wording wording(VapidKey key, SecureRandom random) {
        Encryption encryption = new Encryption(random);
        return new Wording(
                hash("threads of pushes " + key.jwk()),
                (to, plain) -> encryption
                        .encrypt(to.key(), to.secret(), Bytes.wrap(plain))
                        .fold(Function.identity(), reason -> {
                            throw new IllegalArgumentException(reason);
                        }));
    }

    private static Bytes hash(String secret) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Provides
    @Singleton
    static PushCalls calls(ChatStore store, ConfiguredOutlets outlets, InstantSource clock) {
        return new PushRegistrations(store, outlets, outlets.applicationServerKey(), clock);
    }

    @Provides
    @Singleton
    static PushEngine engine(
            ChatStore store,
            SessionRegistry sessions,
            ConfiguredOutlets outlets,
            Wording wording,
            PushSignals signals,
            PushJournal journal,
            DeadLetters letters,
            Exposition exposition,
            WaggleConfig config,
            InstantSource clock,
            SecureRandom random,
            @Named(PUSH) ThreadPoolExecutor thread) {
        PushLimits limits = limits(config.push().pace());
        return new PushEngine(
                new PushParts(
                        store,
                        sessions,
                        limits,
                        new PushRules(limits, wording),
                        new ReadSync(limits, wording),
                        new Ledger(limits, REMEMBERED),
                        outlets,
                        new Backoff(random),
                        signals,
                        journal,
                        letters,
                        new PushCounters(exposition),
                        clock),
                thread);
    }

    @Provides
    @Singleton
    static PushGauges gauges(
            Exposition exposition,
            PushEngine engine,
            ConfiguredOutlets outlets,
            DeadLetters letters,
            InstantSource clock) {
        return new PushGauges(exposition, engine, outlets.all(), letters, clock);
    }

    private static PushLimits limits(PushConfig.Pace pace) {
        return PushLimits.USUAL.with(pace.unacknowledgedAfter(), pace.grace(), pace.window(), pace.ttl());
    }
}
