package dev.waggle.push.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.spec.Parsed;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two environments of APNs. Its client is made when the first push leaves, and made anew when it gets stuck:
 * one that was told too often that its provider token is wrong, or whose connection is dead, may never answer again. Any
 * thread; answers come on the event loop's, which must not be held.
 */
final class ApnsGateway implements PushProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ApnsGateway.class);

    static final String NO_TRUST = "no trusted certificates";

    /** What is still on its way gets this long when a client is replaced. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final ApnsSettings settings;
    private final boolean sandbox;
    private final Parsed<ApnsSigningKey> key;
    private final EventLoopGroup eventLoop;
    private final InstantSource clock;

    private @Nullable ApnsClient client;
    private boolean used;
    private boolean closed;

    ApnsGateway(
            ApnsSettings settings,
            boolean sandbox,
            Parsed<ApnsSigningKey> key,
            EventLoopGroup eventLoop,
            InstantSource clock) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.key = key;
        this.eventLoop = eventLoop;
        this.clock = clock;
    }

    @Override
    public String name() {
        return sandbox ? "apns sandbox" : "apns";
    }

    /** True once a push was to leave here. */
    synchronized boolean isUsed() {
        return used;
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        return ApnsNotification.address(to, settings)
                .fold(
                        known -> ApnsNotification.of(known, push, clock.millis())
                                .fold(this::exchange, reason -> done(new Outcome.Undeliverable(reason))),
                        reason -> done(new Outcome.Unknown(reason)));
    }

    /** Sends it, and once more with a new provider token if the old one has expired. */
    CompletionStage<Outcome> exchange(SimpleApnsPushNotification notification) {
        return client().fold(
                        usual -> exchange(usual, notification)
                                .thenCompose(
                                        outcome -> hasExpired(outcome) ? again(usual, notification) : done(outcome)),
                        reason -> done(new Outcome.Misconfigured(reason)));
    }

    private static boolean hasExpired(Outcome outcome) {
        return outcome.reason().equals(ApnsAnswer.EXPIRED_PROVIDER_TOKEN);
    }

    private CompletionStage<Outcome> again(ApnsClient stuck, SimpleApnsPushNotification notification) {
        replace(stuck);
        return client().fold(fresh -> exchange(fresh, notification), reason -> done(new Outcome.Misconfigured(reason)));
    }

    private static <T> CompletionStage<T> done(T outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private CompletionStage<Outcome> exchange(ApnsClient with, SimpleApnsPushNotification notification) {
        return with.sendNotification(notification)
                .orTimeout(settings.limit().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> response == null ? silence(failure) : outcome(response));
    }

    private Outcome outcome(PushNotificationResponse<?> response) {
        return ApnsAnswer.outcome(
                response.getStatusCode(),
                response.getRejectionReason().orElse(null),
                response.getTokenInvalidationTimestamp().orElse(null),
                settings.afterServerError());
    }

    private static Outcome silence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return ApnsAnswer.silence("no answer in time");
        }
        if (cause instanceof ConnectException) {
            return ApnsAnswer.silence("no connection");
        }
        boolean untrusted = cause instanceof SSLException || cause.getCause() instanceof SSLException;
        return ApnsAnswer.silence(untrusted ? "no TLS" : cause.getClass().getSimpleName());
    }

    /** The next push opens a new connection, with a new provider token. */
    synchronized void rebuild() {
        if (client != null) {
            replace(client);
        }
    }

    /** Many pushes may find the same client stuck; one of them replaces it. */
    private synchronized void replace(ApnsClient stuck) {
        if (client == stuck) {
            client = null;
            farewell(stuck);
        }
    }

    private synchronized Parsed<ApnsClient> client() {
        if (client != null) {
            return Parsed.ok(client);
        }
        if (closed) {
            return Parsed.bad("shut down");
        }
        Parsed<ApnsClient> made = key.fold(this::build, reason -> Parsed.bad("no signing key"));
        if (made.isOk()) {
            used = true;
            client = made.get();
        }
        return made;
    }

    private Parsed<ApnsClient> build(ApnsSigningKey signer) {
        ApnsSettings.Server server = settings.server(sandbox);
        ApnsClientBuilder builder = new ApnsClientBuilder()
                .setApnsServer(server.host(), server.port())
                .setSigningKey(signer)
                .setConcurrentConnections(settings.connections())
                .setConnectionTimeout(settings.limit())
                .setGracefulShutdownTimeout(FAREWELL)
                .setUseAlpn(true)
                .setEventLoopGroup(eventLoop);
        Path trusted = settings.trustedCertificates();
        try {
            if (trusted != null) {
                builder.setTrustedServerCertificateChain(trusted.toFile());
            }
            return Parsed.ok(builder.build());
        } catch (IOException e) {
            LOG.error("the certificates in {} cannot be read: no push goes to APNs", trusted);
            return Parsed.bad(NO_TRUST);
        }
    }

    private static void farewell(ApnsClient client) {
        CompletableFuture<Void> unused = client.close().exceptionally(failure -> {
            LOG.debug("an old client of APNs did not end well", failure);
            return null;
        });
    }

    @Override
    public CompletionStage<List<String>> problems() {
        List<CompletionStage<List<String>>> answers = settings.topics().stream()
                .map(topic -> exchange(ApnsCheck.ofTopic(topic))
                        .thenApply(outcome -> ApnsFaults.sentence(outcome, settings, topic, sandbox).stream()
                                .toList()))
                .toList();
        CompletionStage<List<String>> all = done(List.of());
        for (CompletionStage<List<String>> answer : answers) {
            all = all.thenCombine(
                    answer,
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return all;
    }

    @Override
    public synchronized void close() {
        closed = true;
        rebuild();
    }
}
