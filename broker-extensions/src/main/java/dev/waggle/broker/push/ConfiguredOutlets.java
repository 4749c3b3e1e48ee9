package dev.waggle.broker.push;

import dev.waggle.broker.config.PushConfig;
import dev.waggle.push.Address;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.webpush.VapidKey;
import dev.waggle.spec.Parsed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The providers that are configured: for each app, one for each kind of address. Any thread. */
public final class ConfiguredOutlets implements Outlets, AutoCloseable {
    private final Map<String, AppOutlets> apps = new LinkedHashMap<>();
    private final @Nullable String applicationServerKey;
    /** The work of the HTTP clients; one thread is enough, for it does not wait. */
    private final ThreadPoolExecutor http;

    /**
     * Reads what the settings name; opens no connection yet.
     *
     * @param key of the broker, for ever: browsers subscribed with it
     * @param threads makes threads of a name
     * @throws IllegalArgumentException if settings cannot be used; says which
     */
    public ConfiguredOutlets(
            PushConfig config,
            VapidKey key,
            SecureRandom random,
            InstantSource clock,
            Function<String, ThreadFactory> threads) {
        this.http = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads.apply("push-http"));
        boolean browsers = config.apps().stream().anyMatch(app -> app.webPush() != null);
        this.applicationServerKey = browsers ? key.publicKey() : null;
        AppOutlets.Means means = new AppOutlets.Means(key, random, clock, http, threads);
        config.apps().forEach(app -> apps.put(app.id(), new AppOutlets(app, means)));
    }

    @Override
    public Parsed<Outlet> of(String app, Address address) {
        AppOutlets known = apps.get(app);
        Outlet outlet = known == null ? null : known.of(address);
        return outlet == null
                ? Parsed.bad("nothing is sent by " + address.provider() + " to the app " + app + " here; " + offer())
                : Parsed.ok(outlet);
    }

    private String offer() {
        String offer = apps.values().stream()
                .filter(app -> !app.all().isEmpty())
                .map(AppOutlets::toString)
                .collect(Collectors.joining(", "));
        return offer.isEmpty() ? "no provider is configured" : "there are " + offer;
    }

    @Override
    public Registration completed(Registration registration) {
        AppOutlets known = apps.get(registration.app());
        return known == null ? registration : known.completed(registration);
    }

    /** All that are open. */
    public List<Outlet> all() {
        return apps.values().stream().flatMap(app -> app.all().stream()).toList();
    }

    /** What browsers subscribe with, or null if there is no Web Push. */
    public @Nullable String applicationServerKey() {
        return applicationServerKey;
    }

    @Override
    public void close() {
        apps.values().forEach(AppOutlets::close);
        http.shutdown();
    }
}
