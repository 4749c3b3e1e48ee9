package dev.waggle.push.http;

import dev.waggle.spec.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Sends with the JDK's client, to addresses of the operator's settings: wherever they lead is meant. TLS as the JDK
 * checks it, HTTP/2 where the server has it, connections kept for the next call; no redirects, no cookies. The whole
 * exchange has a time limit, however slowly the bytes come, and the body a size limit.
 */
public final class ClientSender implements HttpSender {
    private final Links links;
    private final InstantSource clock;
    private final Duration limit;
    private final int mostBytes;

    /**
     * @param executor the client's own work: a few short tasks for each call
     * @param clock for dates in {@code Retry-After}
     * @param limit from the call to its reply
     * @param mostBytes of an answer's body; what is beyond is left unread
     */
    public ClientSender(Executor executor, InstantSource clock, Duration limit, int mostBytes) {
        this(UnaryOperator.identity(), executor, clock, limit, mostBytes);
    }

    /** @param settings last changes to the client, such as whom it trusts */
    public ClientSender(
            UnaryOperator<HttpClient.Builder> settings,
            Executor executor,
            InstantSource clock,
            Duration limit,
            int mostBytes) {
        this.links = new Links(
                () -> settings.apply(HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.NEVER)
                                .connectTimeout(limit)
                                .executor(executor))
                        .build(),
                clock);
        this.clock = clock;
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /**
     * The next call opens a connection of its own. A connection whose other end is gone without a word would serve for many
     * minutes more, and nothing would ever come back on it.
     */
    public void renew() {
        links.renew();
    }

    @Override
    public CompletionStage<HttpReply> post(HttpCall call) {
        HttpRequest request;
        try {
            request = request(call);
        } catch (IllegalArgumentException e) {
            // Its text may quote what must not be shown.
            return CompletableFuture.completedFuture(new HttpReply.Refused("no web address, or no legal header"));
        }
        BoundedBody body = new BoundedBody(mostBytes);
        return links.send(request, info -> body)
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        body.cancel();
                        return silence(failure);
                    }
                    return answer(response);
                });
    }

    private HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.address())
                .timeout(limit)
                .version(version(call.address()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body().shared()));
        call.headers().forEach(request::header);
        return request.build();
    }

    /** Without TLS the client would ask for an upgrade to HTTP/2, which small servers do not understand. */
    private static HttpClient.Version version(URI address) {
        return "https".equalsIgnoreCase(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    private HttpReply answer(HttpResponse<Bytes> response) {
        String header = response.headers().firstValue("Retry-After").orElse(null);
        return new HttpReply.Answer(response.statusCode(), RetryAfter.of(header, clock.instant()), response.body());
    }

    private static HttpReply silence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean late = cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
        // The kind of failure only: its text may name the address.
        return new HttpReply.Silence(
                late ? "no answer in time" : cause.getClass().getSimpleName(), late);
    }
}
