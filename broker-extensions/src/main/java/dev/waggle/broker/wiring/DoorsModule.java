package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import dev.waggle.auth.AccessRules;
import dev.waggle.auth.Standings;
import dev.waggle.auth.TokenVerifier;
import dev.waggle.auth.hivemq.IdentityAttribute;
import dev.waggle.auth.limit.BanLadder;
import dev.waggle.broker.call.CallHandler;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.gateway.direct.DirectGateway;
import dev.waggle.broker.host.HostExtensions;
import dev.waggle.broker.host.HostSettings;
import dev.waggle.broker.host.HostTls;
import dev.waggle.broker.http.AccountRoute;
import dev.waggle.broker.http.AdminRoute;
import dev.waggle.broker.http.AdminUsersRoute;
import dev.waggle.broker.http.BearerTokens;
import dev.waggle.broker.http.DiscoveryRoute;
import dev.waggle.broker.http.HttpDoors;
import dev.waggle.broker.http.HttpTls;
import dev.waggle.broker.http.MessagesRoute;
import dev.waggle.broker.http.OpenApiRoute;
import dev.waggle.broker.http.PublicRoute;
import dev.waggle.broker.http.Route;
import dev.waggle.broker.http.RouteByPath;
import dev.waggle.broker.http.Strangers;
import dev.waggle.broker.http.admin.AdminDoor;
import dev.waggle.broker.http.admin.AdminPath;
import dev.waggle.broker.inbound.MessageBounds;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.broker.metrics.BrokerGauges;
import dev.waggle.broker.metrics.Exposition;
import dev.waggle.broker.metrics.StoreCounters;
import dev.waggle.broker.metrics.TokenCounters;
import dev.waggle.broker.metrics.TrafficCounters;
import dev.waggle.broker.moderation.Screening;
import dev.waggle.broker.session.ChatHost;
import dev.waggle.broker.session.SessionRegistry;
import dev.waggle.spec.Limits;
import dev.waggle.spec.codec.MessagesJson;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;

/** Where clients, integrators and operators come in. */
@Module
interface DoorsModule {
    String HOST_FOLDER = "host";
    String PUBLIC = "public";
    String ADMIN = "admin";

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
    static HostExtensions hostExtensions(
            WaggleConfig config, TokenVerifier verifier, AccessRules access, Standings standings, BanLadder bans) {
        return HostExtensions.securedBy(
                verifier, access, standings, bans, config.rights().anonymous().enabled());
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
    static BrokerGauges gauges(Exposition exposition, SessionRegistry sessions, BanLadder bans) {
        return new BrokerGauges(exposition, sessions::connections, sessions::users, bans::size);
    }

    @Provides
    @Singleton
    static BearerTokens bearers(TokenVerifier verifier, Strangers strangers) {
        return new BearerTokens(verifier, strangers);
    }

    @Provides
    @Singleton
    static MessagesRoute messages(
            BearerTokens bearers,
            ChatStore store,
            MessageBounds bounds,
            Rates rates,
            TrafficCounters traffic,
            Screening screening,
            InstantSource clock) {
        return new MessagesRoute(bearers, store, bounds, rates, traffic, screening, clock);
    }

    @Provides
    @Singleton
    @Named(PUBLIC)
    static Route publicRoute(
            WaggleConfig config,
            BearerTokens bearers,
            CallHandler calls,
            MessagesRoute messages,
            Rates rates,
            Provider<AccountRoute> accounts,
            Provider<DiscoveryRoute> discovery) {
        Map<String, Route> routes = new HashMap<>();
        routes.put(OpenApiRoute.PATH, new OpenApiRoute());
        routes.put("/v1/call/", new PublicRoute(bearers, calls, rates));
        routes.put(MessagesRoute.PATH, messages);
        if (config.issuers().hasAccounts()) {
            routes.put("/auth/", accounts.get());
        }
        if (config.issuers().local()) {
            routes.put("/.well-known/", discovery.get());
        }
        return new RouteByPath(routes);
    }

    @Provides
    @Singleton
    @Named(ADMIN)
    static Route adminRoute(
            WaggleConfig config,
            Health health,
            Exposition exposition,
            BearerTokens bearers,
            Set<AdminPath> paths,
            Provider<AdminUsersRoute> users) {
        Map<String, Route> routes = new HashMap<>();
        routes.put("/", new AdminRoute(health::problems, exposition::text));
        Map<String, Route> rest = new HashMap<>();
        if (config.issuers().hasAccounts()) {
            rest.put(AdminUsersRoute.USERS, users.get());
        }
        routes.put(AdminPath.ROOT, new AdminDoor(bearers, List.copyOf(paths), new RouteByPath(rest)));
        return new RouteByPath(routes);
    }

    @Provides
    @Singleton
    static HttpDoors http(
            WaggleConfig config,
            @Named(PUBLIC) Route publicRoute,
            @Named(ADMIN) Route adminRoute,
            Optional<HttpTls> tls) {
        return new HttpDoors(
                config.http().bind(),
                config.http().port(),
                tls.orElse(null),
                publicRoute,
                config.admin().bind(),
                config.admin().port(),
                adminRoute,
                MessagesJson.MAX_BYTES);
    }
}
