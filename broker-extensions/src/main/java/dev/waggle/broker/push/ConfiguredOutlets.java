package dev.waggle.broker.push;

import dev.waggle.broker.config.PushConfig;
import dev.waggle.push.Address;
import dev.waggle.push.PushProvider;
import dev.waggle.push.apns.ApnsProvider;
import dev.waggle.push.apns.ApnsSettings;
import dev.waggle.push.apns.ApnsSettings.Server;
import dev.waggle.push.credential.CredentialFile;
import dev.waggle.push.endpoint.EndpointSender;
import dev.waggle.push.endpoint.Names;
import dev.waggle.push.endpoint.Reach;
import dev.waggle.push.fcm.FcmProvider;
import dev.waggle.push.fcm.FcmSettings;
import dev.waggle.push.guard.BreakerTerms;
import dev.waggle.push.guard.ProviderBreaker;
import dev.waggle.push.guard.PruneBreaker;
import dev.waggle.push.http.ClientSender;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.webhook.WebhookProvider;
import dev.waggle.push.webhook.WebhookUrl;
import dev.waggle.push.webpush.OriginBreakers;
import dev.waggle.push.webpush.VapidContact;
import dev.waggle.push.webpush.VapidKey;
import dev.waggle.push.webpush.WebPushProvider;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The providers that are configured, one for each kind of address. */
public final class ConfiguredOutlets implements Outlets, AutoCloseable {
    /** A provider that has not answered by then is taken for hanging. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MOST_ANSWER_BYTES = 64 * 1_024;

    private final PushConfig config;
    private final InstantSource clock;
    private final SecureRandom random;
    private final VapidKey key;
    private final Map<Class<? extends Address>, Outlet> outlets = new HashMap<>();
    /** The work of the HTTP client; one thread is enough, for it does not wait. */
    private final ThreadPoolExecutor http;

    private final Function<String, ThreadFactory> threads;

    private @Nullable EndpointSender endpoints;

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
        this.threads = threads;
        this.http = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads.apply("push-http"));
        this.config = config;
        this.key = key;
        this.random = random;
        this.clock = clock;
        fcm();
        apns();
        webPush();
        webhook();
    }

    private ClientSender sender() {
        return new ClientSender(http, clock, LIMIT, MOST_ANSWER_BYTES);
    }

    private void fcm() {
        PushConfig.Fcm fcm = config.fcm();
        if (fcm != null) {
            ClientSender sender = sender();
            open(
                    Address.Fcm.class,
                    guarded(new FcmProvider(new FcmSettings(fcm.keyFile(), fcm.endpoint()), sender, clock), sender));
        }
    }

    private void apns() {
        PushConfig.Apns apns = config.apns();
        if (apns != null) {
            ApnsSettings settings = new ApnsSettings(
                    apns.keyFile(),
                    apns.keyId(),
                    apns.teamId(),
                    apns.topics(),
                    new Server(apns.host(), apns.port()),
                    new Server(apns.sandboxHost(), apns.port()),
                    apns.trusted(),
                    1,
                    LIMIT,
                    ApnsSettings.AFTER_SERVER_ERROR);
            open(Address.Apns.class, new ApnsProvider(settings, BreakerTerms.USUAL, clock));
        }
    }

    private void webPush() {
        PushConfig.WebPush web = config.webPush();
        if (web != null) {
            Reach reach = sound(Reach.parse(web.allowPrivate()), "push.webpush.allowPrivate");
            VapidContact contact = sound(VapidContact.parse(web.contact()), "push.webpush.contact");
            SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
            EndpointSender sender =
                    new EndpointSender(reach, Names.ofTheSystem(), tls, clock, threads.apply("push-endpoint"));
            endpoints = sender;
            // Each push service has a breaker of its own: one user's silent endpoints must not stop everybody's.
            open(
                    Address.WebPush.class,
                    new OriginBreakers(
                            new WebPushProvider(key, contact, sender, random, clock), BreakerTerms.USUAL, clock));
        }
    }

    private void webhook() {
        PushConfig.Webhook webhook = config.webhook();
        if (webhook != null) {
            ClientSender sender = sender();
            WebhookUrl url = sound(WebhookUrl.parse(webhook.url().toString()), "push.webhook.url");
            String secret = sound(CredentialFile.read(webhook.secretFile()), "push.webhook.secretFile");
            Bytes line = Bytes.utf8(secret.lines().findFirst().orElse("").strip());
            try {
                open(Address.Webhook.class, guarded(new WebhookProvider(url, line, sender, clock), sender));
            } catch (IllegalArgumentException tooShort) {
                throw new IllegalArgumentException("push.webhook.secretFile: " + tooShort.getMessage(), tooShort);
            }
        }
    }

    private static <T> T sound(Parsed<T> parsed, String key) {
        if (parsed instanceof Parsed.Bad<T> bad) {
            throw new IllegalArgumentException(key + " " + bad.reason());
        }
        return parsed.get();
    }

    /** A connection whose other end is gone without a word is not used again. */
    private PushProvider guarded(PushProvider provider, ClientSender sender) {
        return new ProviderBreaker(provider, BreakerTerms.USUAL, clock, sender::renew);
    }

    private void open(Class<? extends Address> kind, PushProvider provider) {
        outlets.put(kind, new Outlet(provider, new PruneBreaker(provider.name(), clock)));
    }

    @Override
    public Optional<Outlet> of(String app, Address address) {
        return app.equals(Registration.USUAL_APP)
                ? Optional.ofNullable(outlets.get(address.getClass()))
                : Optional.empty();
    }

    @Override
    public Registration completed(Registration registration) {
        PushConfig.Apns apns = config.apns();
        return apns != null
                        && registration.address() instanceof Address.Apns address
                        && address.topic().isEmpty()
                ? registration.at(
                        new Address.Apns(address.token(), apns.topics().get(0), address.sandbox()))
                : registration;
    }

    /** All that are open. */
    public Collection<Outlet> all() {
        return Collections.unmodifiableCollection(outlets.values());
    }

    /** What browsers subscribe with, or null if there is no Web Push. */
    public @Nullable String applicationServerKey() {
        return config.webPush() == null ? null : key.publicKey();
    }

    @Override
    public void close() {
        outlets.values().forEach(outlet -> outlet.provider().close());
        if (endpoints != null) {
            endpoints.close();
        }
        http.shutdown();
    }
}
