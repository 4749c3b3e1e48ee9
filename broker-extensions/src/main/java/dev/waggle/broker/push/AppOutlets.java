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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The ways to the devices of one app, with credentials, connections and breakers of their own: what is wrong with one app
 * harms no other. Any thread.
 */
final class AppOutlets implements AutoCloseable {
    private static final String SANDBOX = "apns-sandbox";

    /** A provider that has not answered by then is taken for hanging. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MOST_ANSWER_BYTES = 64 * 1_024;

    private final PushConfig.App app;
    private final Means means;
    private final Map<String, Outlet> outlets = new LinkedHashMap<>();
    private final List<EndpointSender> senders = new ArrayList<>();

    /**
     * What all apps share.
     *
     * @param key of the broker, for ever: browsers subscribed with it
     * @param http does the work of HTTP clients, which does not wait
     * @param threads makes threads of a name
     */
    record Means(
            VapidKey key,
            SecureRandom random,
            InstantSource clock,
            Executor http,
            Function<String, ThreadFactory> threads) {}

    /**
     * Reads what the settings name; opens no connection yet.
     *
     * @throws IllegalArgumentException if settings cannot be used; says which
     */
    AppOutlets(PushConfig.App app, Means means) {
        this.app = app;
        this.means = means;
        fcm();
        apns();
        webPush();
        webhook();
    }

    private ClientSender sender() {
        return new ClientSender(means.http(), means.clock(), LIMIT, MOST_ANSWER_BYTES);
    }

    private void fcm() {
        PushConfig.Fcm fcm = app.fcm();
        if (fcm != null) {
            ClientSender sender = sender();
            FcmSettings settings = new FcmSettings(fcm.keyFile(), fcm.endpoint());
            guarded(new FcmProvider(settings, sender, means.clock()), sender);
        }
    }

    /** Two ways: a token of the one environment is always unknown in the other. */
    private void apns() {
        PushConfig.Apns apns = app.apns();
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
            ApnsProvider provider = new ApnsProvider(settings, BreakerTerms.USUAL, means.clock());
            open(provider.name(), provider, leftAlone(provider.breakers().get(0)));
            open(SANDBOX, provider, leftAlone(provider.breakers().get(1)));
        }
    }

    private void webPush() {
        PushConfig.WebPush web = app.webPush();
        if (web != null) {
            Reach reach = sound(Reach.parse(web.allowPrivate()), "webpush.allowPrivate");
            VapidContact contact =
                    web.contact() == null ? null : sound(VapidContact.parse(web.contact()), "webpush.contact");
            SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
            EndpointSender sender = new EndpointSender(
                    reach,
                    Names.ofTheSystem(),
                    tls,
                    means.clock(),
                    means.threads().apply("push-endpoint"));
            senders.add(sender);
            // Each push service has a breaker of its own: one user's silent endpoints must not stop everybody's.
            PushProvider provider = new WebPushProvider(means.key(), contact, sender, means.random(), means.clock());
            OriginBreakers breakers = new OriginBreakers(provider, BreakerTerms.USUAL, means.clock());
            open(provider.name(), breakers, breakers::open);
        }
    }

    private void webhook() {
        PushConfig.Webhook webhook = app.webhook();
        if (webhook != null) {
            ClientSender sender = sender();
            WebhookUrl url = sound(WebhookUrl.parse(webhook.url().toString()), "webhook.url");
            String secret = sound(CredentialFile.read(webhook.secretFile()), "webhook.secretFile");
            Bytes line = Bytes.utf8(secret.lines().findFirst().orElse("").strip());
            try {
                guarded(new WebhookProvider(url, line, sender, means.clock()), sender);
            } catch (IllegalArgumentException tooShort) {
                throw new IllegalArgumentException(
                        app.place() + "webhook.secretFile: " + tooShort.getMessage(), tooShort);
            }
        }
    }

    private <T> T sound(Parsed<T> parsed, String key) {
        if (parsed instanceof Parsed.Bad<T> bad) {
            throw new IllegalArgumentException(app.place() + key + " " + bad.reason());
        }
        return parsed.get();
    }

    /** A connection whose other end is gone without a word is not used again. */
    private void guarded(PushProvider provider, ClientSender sender) {
        ProviderBreaker breaker = new ProviderBreaker(provider, BreakerTerms.USUAL, means.clock(), sender::renew);
        open(provider.name(), breaker, leftAlone(breaker));
    }

    private static IntSupplier leftAlone(ProviderBreaker breaker) {
        return () -> breaker.isOpen() ? 1 : 0;
    }

    private void open(String name, PushProvider provider, IntSupplier leftAlone) {
        OutletId id = new OutletId(app.id(), name);
        outlets.put(name, new Outlet(id, provider, new PruneBreaker(id.toString(), means.clock()), leftAlone));
    }

    /** The way to an address, or null. */
    @Nullable
    Outlet of(Address address) {
        boolean sandbox = address instanceof Address.Apns apns && apns.sandbox();
        return outlets.get(sandbox ? SANDBOX : address.provider());
    }

    /** The address with the bundle id of the settings if the device named none. */
    Registration completed(Registration registration) {
        PushConfig.Apns apns = app.apns();
        return apns != null
                        && registration.address() instanceof Address.Apns address
                        && address.topic().isEmpty()
                ? registration.at(
                        new Address.Apns(address.token(), apns.topics().get(0), address.sandbox()))
                : registration;
    }

    Collection<Outlet> all() {
        return outlets.values();
    }

    /** For people: the app, and what its devices may register with. */
    @Override
    public String toString() {
        List<String> names =
                outlets.keySet().stream().filter(name -> !name.equals(SANDBOX)).toList();
        return app.id() + " (" + String.join(", ", names) + ")";
    }

    @Override
    public void close() {
        outlets.values().stream().map(Outlet::provider).distinct().forEach(PushProvider::close);
        senders.forEach(EndpointSender::close);
    }
}
