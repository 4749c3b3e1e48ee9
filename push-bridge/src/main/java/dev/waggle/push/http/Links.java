package dev.waggle.push.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As many of the JDK's clients as are needed at one time. Over HTTP/2 such a client has one connection, and two habits that
 * make it fail just when there is much to send: requests that find no connection open one each, all at once; and requests
 * beyond the server's limit for a connection (RFC 9113 §5.1.2) fail at once. So the first request after a silence goes
 * ahead alone, and what is too many for one client goes through another. Each host has its own. Any thread.
 */
final class Links {
    /** Servers should allow 100, and most do; the client gives a place back a little after the answer. */
    static final int MOST_REQUESTS = 80;

    /** 1,280 requests to one host at one time; callers' bulkheads are far below. */
    private static final int MOST_LINKS = 16;

    /** Servers close a connection that was idle for a minute or more. */
    private static final Duration WARM = Duration.ofSeconds(30);

    private final Supplier<HttpClient> fresh;
    private final InstantSource clock;
    /** By host and port; those of the operator's settings, so a few. */
    private final Map<String, List<Link>> hosts = new HashMap<>();

    /** Nobody waits longer for the one that goes ahead: by then it has a connection, or there is none to be had. */
    private static final Duration LEAD = Duration.ofSeconds(3);

    /** A client, and what is on its way through it; guarded by the links. */
    private static final class Link {
        final HttpClient client;
        int requests;
        long answeredAt;
        /** While one request goes ahead: ends when it is over. */
        @Nullable
        CompletableFuture<Void> ahead;

        Link(HttpClient client) {
            this.client = client;
        }
    }

    /**
     * A place of one request.
     *
     * @param ahead what is to be waited for before asking again, then this is no place yet; or null
     * @param leads what ends when this request, which goes ahead, is over; or null
     */
    private record Place(
            Link link,
            @Nullable CompletableFuture<Void> ahead,
            @Nullable CompletableFuture<Void> leads) {}

    Links(Supplier<HttpClient> fresh, InstantSource clock) {
        this.fresh = fresh;
        this.clock = clock;
    }

    /** As the client does it; whoever ends the future before that gives up the request. */
    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
        send(request, handler, response);
        return response;
    }

    private <T> void send(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, CompletableFuture<HttpResponse<T>> response) {
        if (response.isDone()) {
            return;
        }
        Place place = take(String.valueOf(request.uri().getAuthority()));
        if (place.ahead() != null) {
            var unused = place.ahead().thenRun(() -> send(request, handler, response));
            return;
        }
        CompletableFuture<HttpResponse<T>> exchange = place.link().client.sendAsync(request, handler);
        var over = exchange.whenComplete((answer, failure) -> {
            giveBack(place, failure == null);
            if (failure == null) {
                response.complete(answer);
            } else {
                response.completeExceptionally(failure);
            }
        });
        var given = response.whenComplete((answer, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
    }

    private synchronized Place take(String host) {
        Link link = chosen(hosts.computeIfAbsent(host, unseen -> new ArrayList<>()));
        if (link.ahead != null && !link.ahead.isDone()) {
            return new Place(link, link.ahead, null);
        }
        link.requests++;
        if (link.ahead != null || Math.abs(clock.millis() - link.answeredAt) < WARM.toMillis()) {
            return new Place(link, null, null);
        }
        link.ahead = new CompletableFuture<Void>().completeOnTimeout(null, LEAD.toMillis(), TimeUnit.MILLISECONDS);
        return new Place(link, null, link.ahead);
    }

    /** The oldest one that has a place, so that few stay in use. */
    private Link chosen(List<Link> links) {
        for (Link link : links) {
            if (link.requests < MOST_REQUESTS) {
                return link;
            }
        }
        if (links.size() == MOST_LINKS) {
            return links.get(0);
        }
        Link added = new Link(fresh.get());
        links.add(added);
        return added;
    }

    private void giveBack(Place place, boolean answered) {
        CompletableFuture<Void> leads = place.leads();
        synchronized (this) {
            Link link = place.link();
            link.requests--;
            if (answered) {
                link.answeredAt = clock.millis();
            }
            if (leads != null) {
                link.ahead = null;
            }
        }
        if (leads != null) {
            leads.complete(null);
        }
    }

    /** What comes from now on gets connections of its own; the old ones end when nothing is on its way through them. */
    synchronized void renew() {
        hosts.clear();
    }
}
