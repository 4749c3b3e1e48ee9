package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.hivemq.IdentityAttribute;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.broker.host.HostExtensions;
import dev.waggle.broker.host.HostSettings;
import dev.waggle.broker.host.HostTls;
import dev.waggle.broker.http.AdminRoute;
import dev.waggle.broker.http.HttpDoors;
import dev.waggle.broker.http.HttpTls;
import dev.waggle.broker.http.PublicRoute;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.metrics.BrokerGauges;
import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.StoreCounters;
import dev.waggle.broker.metrics.TokenCounters;
import dev.waggle.broker.metrics.TrafficCounters;
import dev.waggle.broker.session.ChatHost;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.spec.Limits;
import java.util.Optional;
import javax.inject.Singleton;

/** Where clients, integrators and operators come in. */
@Module
interface DoorsModule {
    String HOST_FOLDER = "host";
    /** A request of the largest form: a thousand of the longest ids, or a batch of bodies. */
    int HTTP_BODY_BYTES = 1 << 20;

    @Provides
    @Singleton
    static DirectGateway gateway(ChatHost chat) {
        return new DirectGateway(chat, IdentityAttribute::read);
    }

    @Provides
    @Singleton
    static HostSettings hostSettings(WaggleConfig config, Optional<HostTls> tls) {
        Limits limits = config.limits().contract();
        WaggleConfig.Listeners listeners = config.listeners();
        return new HostSettings(
                config.data().resolve(HOST_FOLDER),
                listeners.bind(),
                listeners.mqttPort(),
                listeners.wsPort(),
                tls.orElse(null),
                limits.receiveMaximum(),
                limits.packet(),
                limits.topic(),
                limits.sessionExpiry(),
                config.hostPersistence() == WaggleConfig.HostPersistence.FILE);
    }

    @Provides
    @Singleton
    static HostExtensions hostExtensions(TokenVerifier verifier, AccessRules access) {
        return HostExtensions.securedBy(verifier, access);
    }

    @Provides
    @Singleton
    static Exposition exposition() {
        return new Exposition();
    }

    @Provides
    @Singleton
    static StoreCounters storeCounters(Exposition exposition) {
        return new StoreCounters(exposition);
    }

    @Provides
    @Singleton
    static TrafficCounters traffic(Exposition exposition) {
        return new TrafficCounters(exposition);
    }

    @Provides
    @Singleton
    static TokenCounters tokenCounters(Exposition exposition) {
        return new TokenCounters(exposition);
    }

    @Provides
    @Singleton
    static BrokerGauges gauges(Exposition exposition, SessionRegistry sessions) {
        return new BrokerGauges(exposition, sessions::connections, sessions::users);
    }

    @Provides
    @Singleton
    static HttpDoors http(
            WaggleConfig config,
            TokenVerifier verifier,
            CallHandler calls,
            Rates rates,
            Health health,
            Exposition exposition,
            Optional<HttpTls> tls) {
        return new HttpDoors(
                config.http().bind(),
                config.http().port(),
                tls.orElse(null),
                new PublicRoute(verifier, calls, rates),
                config.admin().bind(),
                config.admin().port(),
                new AdminRoute(health::problems, exposition::text),
                HTTP_BODY_BYTES);
    }
}
