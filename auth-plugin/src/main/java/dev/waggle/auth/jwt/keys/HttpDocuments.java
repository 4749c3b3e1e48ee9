package dev.waggle.auth.jwt.keys;

import dev.waggle.spec.Parsed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@link Documents} over HTTP with the JDK's client: GET, TLS as the JDK checks it, no redirects, no cookies, no
 * credentials; only status 200 is an answer. The whole exchange has a time limit, however slowly the bytes come, and the
 * body a size limit.
 */
public final class HttpDocuments implements Documents {
    /** Shorter than a CONNECT waits for its verdict (5 s), since a login may wait for this. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int OK = 200;

    private final HttpClient client;
    private final Duration limit;
    private final int maxBytes;

    /** @param executor the client's own work: a few short tasks for each document */
    public HttpDocuments(Executor executor) {
        this(executor, LIMIT, JwkSet.MAX_BYTES);
    }

    HttpDocuments(Executor executor, Duration limit, int maxBytes) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .executor(executor)
                .build();
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Parsed<byte[]>> get(URI address) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(address)
                    .header("Accept", "application/json")
                    .timeout(limit)
                    .GET()
                    .build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Parsed.bad("is no web address"));
        }
        BoundedBody body = new BoundedBody(maxBytes);
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, info -> body);
        return exchange.copy()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        body.cancel();
                        exchange.cancel(true);
                        return Parsed.bad(reason(failure));
                    }
                    return response.statusCode() == OK
                            ? Parsed.ok(response.body())
                            : Parsed.bad("the answer was status " + response.statusCode());
                });
    }

    private String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return "no complete answer within " + limit.toMillis() + " ms";
        }
        // Names of hosts and files, never content.
        return cause.toString();
    }
}
