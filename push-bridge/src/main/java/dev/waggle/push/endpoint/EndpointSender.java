package dev.waggle.push.endpoint;

import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpReply;
import dev.waggle.push.http.HttpSender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends to {@link Endpoint}s within {@link Reach}, over HTTP/1.1 and TLS, with a connection for each call. Redirects are
 * answers like any other. Bodies of answers are a stranger's and nobody's concern: they are not read.
 */
public final class EndpointSender implements HttpSender, AutoCloseable {
    /** From the call to its reply, all in all: a push service that is well answers within one second. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    /** 64 calls at a time, a quarter of them to one host; 4,000 bodies of 4 KiB that wait are 16 MiB. */
    private static final HostQueues.Limits USUAL = new HostQueues.Limits(64, 16, 4_000);

    /** What cannot be taken for the end of a header. */
    private static final Pattern HEADER = Pattern.compile("[ -~]*");

    private final Attempt.Means means;
    private final HostQueues queues;

    /**
     * @param tls whom to trust
     * @param clock for dates in {@code Retry-After}
     * @param threads makes those that wait for push services
     */
    public EndpointSender(Reach reach, Names names, SSLSocketFactory tls, InstantSource clock, ThreadFactory threads) {
        this(new Attempt.Means(reach, names, tls, clock, LIMIT), new HostQueues(threads, USUAL));
    }

    EndpointSender(Attempt.Means means, HostQueues queues) {
        this.means = means;
        this.queues = queues;
    }

    @Override
    public CompletionStage<HttpReply> post(HttpCall call) {
        if (!call.headers().values().stream()
                .allMatch(value -> HEADER.matcher(value).matches())) {
            return CompletableFuture.completedFuture(new HttpReply.Refused("no legal header"));
        }
        return Endpoint.parse(call.address())
                .fold(
                        endpoint -> post(endpoint, call),
                        reason -> CompletableFuture.completedFuture(new HttpReply.Refused(reason)));
    }

    private CompletionStage<HttpReply> post(Endpoint endpoint, HttpCall call) {
        Attempt attempt = new Attempt(means, endpoint, call);
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        boolean taken = queues.run(endpoint.host(), () -> {
            if (!reply.isDone()) {
                begun.set(true);
                reply.complete(attempt.run());
            }
        });
        if (!taken) {
            return CompletableFuture.completedFuture(new HttpReply.Silence("too many are waiting", false));
        }
        return reply.orTimeout(means.limit().toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            attempt.hangUp();
            return begun.get() ? Attempt.LATE : new HttpReply.Silence("waited too long for its turn", false);
        });
    }

    /** Calls on their way get no answer any more. */
    @Override
    public void close() {
        queues.close();
    }
}
