package dev.waggle.broker.wiring;

import dagger.BindsInstance;
import dagger.Component;
import dev.waggle.auth.account.AccountThreads;
import dev.waggle.auth.jwt.IdTokens;
import dev.waggle.auth.jwt.TrustedIssuers;
import dev.waggle.auth.password.HashingProcess;
import dev.waggle.auth.revocation.RevocationRegister;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.broker.host.HostExtensions;
import dev.waggle.broker.host.HostSettings;
import dev.waggle.broker.http.HttpDoors;
import dev.waggle.broker.metrics.BrokerGauges;
import dev.waggle.broker.metrics.PushGauges;
import dev.waggle.broker.push.ConfiguredOutlets;
import dev.waggle.broker.push.PushEngine;
import dev.waggle.broker.session.ChatHost;
import dev.waggle.broker.tls.KeyStores;
import dev.waggle.store.ChatStore;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import javax.inject.Named;
import javax.inject.Singleton;

/** The object graph of one running broker. Its scope is one start of the broker, not the process. */
@Singleton
@Component(
        modules = {
            TimeModule.class,
            StoreModule.class,
            AuthModule.class,
            AccountModule.class,
            RevocationModule.class,
            AdminModule.class,
            ModerationModule.class,
            ChatModule.class,
            PushModule.class,
            DoorsModule.class,
            GuardModule.class,
            TlsModule.class
        })
interface BrokerGraph {

    ChatStore store();

    @Named(StoreModule.READERS)
    ExecutorService readers();

    ThreadPoolExecutor verification();

    @Named(AuthModule.KEY_FETCHES)
    ThreadPoolExecutor keyFetches();

    AccountThreads accountThreads();

    HashingProcess hashing();

    TrustedIssuers issuers();

    IdTokens idTokens();

    RevocationRegister revocations();

    ChatHost chat();

    DirectGateway gateway();

    HostSettings hostSettings();

    HostExtensions hostExtensions();

    PushEngine pushes();

    ConfiguredOutlets outlets();

    PushGauges pushGauges();

    @Named(PushModule.PUSH)
    ThreadPoolExecutor pushThread();

    HttpDoors http();

    ScheduledThreadPoolExecutor timer();

    Health health();

    Optional<KeyStores> keyStores();

    BrokerGauges gauges();

    /** Makes a graph from what the program was told. */
    @Component.Factory
    interface Factory {
        BrokerGraph of(@BindsInstance WaggleConfig config);
    }
}
