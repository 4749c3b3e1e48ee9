package dev.waggle.auth.jwt.keys;

import dev.waggle.spec.Parsed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The published keys of one external issuer, in memory. Fetched ahead of their age by {@link #tick}; at most one fetch at
 * a time. A token that names an unknown key asks for one more fetch, a few in a window for all such tokens together,
 * since strangers can write any name into a token. If the issuer cannot be reached, the keys in memory serve for a
 * stated time, then none does: nobody is let in. Any thread; never blocks.
 */
public final class PublishedKeys implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

    /** Fetched anew at this age (half the outage time, if that is less), so that a key that the issuer took back ends soon after. */
    public static final Duration REFRESH = Duration.ofMinutes(5);

    /** At this age a login waits for the fetch, unless one has failed already: the machine was asleep, say. */
    static final Duration STALE = Duration.ofMinutes(10);

    private final String issuer;
    private final KeyDownload download;
    private final InstantSource clock;
    private final KeyFetches listener;
    /** Milliseconds, all three. */
    private final long outage;

    private final long refresh;
    private final long stale;

    private final Object lock = new Object();
    private final FetchBudget budget = new FetchBudget();
    private @Nullable JwkSet keys;
    /** When the fetch that brought {@link #keys} began, Unix milliseconds. */
    private long fetchedAt;

    private @Nullable CompletableFuture<Void> fetching;

    /**
     * @param issuer its name, for the log
     * @param outage how long keys serve after they were last fetched
     * @param listener told of every fetch
     */
    public PublishedKeys(
            String issuer, KeyDownload download, Duration outage, InstantSource clock, KeyFetches listener) {
        this.issuer = issuer;
        this.download = download;
        this.outage = outage.toMillis();
        this.refresh = Math.min(REFRESH.toMillis(), this.outage / 2);
        this.stale = Math.min(STALE.toMillis(), this.outage);
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public KeyLookup find(KeyRequest request) {
        long now = clock.millis();
        Fetch started = null;
        KeyLookup answer;
        synchronized (lock) {
            JwkSet usable = age(now) <= outage ? keys : null;
            VerificationKey key = usable == null ? null : usable.find(request.algorithm(), request.keyId());
            boolean fresh = age(now) <= stale || budget.failing();
            if (key != null && fresh) {
                return new KeyLookup.Found(key);
            }
            boolean unknown = usable != null && key == null;
            if (unknown && fetchedAt >= request.arrivedAt()) {
                return new KeyLookup.Unknown();
            }
            if (fetching == null && (unknown ? budget.forUnknownKey(now) : budget.regular(now))) {
                started = begin(now);
            }
            CompletableFuture<Void> current = fetching;
            if (current != null) {
                answer = new KeyLookup.Coming(current.copy());
            } else if (key != null) {
                answer = new KeyLookup.Found(key);
            } else if (unknown && fetchedAt >= (request.issuedAt() + 1) * 1_000) {
                answer = new KeyLookup.Unknown();
            } else {
                answer = new KeyLookup.Unavailable(
                        unknown
                                ? "the key of the token is not known yet, try again later"
                                : "the keys of the token's issuer cannot be had now, try again later");
            }
        }
        run(started);
        return answer;
    }

    /** To be called every second or so: fetches when it is time to. */
    public void tick() {
        long now = clock.millis();
        Fetch started = null;
        synchronized (lock) {
            if (fetching == null && age(now) >= refresh && budget.regular(now)) {
                started = begin(now);
            }
        }
        run(started);
    }

    /** What keeps the issuer's users out now, or null. */
    public @Nullable String problem() {
        synchronized (lock) {
            return keys != null && age(clock.millis()) <= outage
                    ? null
                    : "the keys of the issuer " + issuer + " cannot be had";
        }
    }

    /** Long.MAX_VALUE if there are none. A clock that was set back makes them old too: their age is not known then. */
    private long age(long now) {
        if (keys == null) {
            return Long.MAX_VALUE;
        }
        return Math.abs(now - fetchedAt);
    }

    private record Fetch(long at, CompletableFuture<Void> done) {}

    private Fetch begin(long now) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        fetching = done;
        return new Fetch(now, done);
    }

    /** Outside of the lock: the download may answer at once. */
    private void run(@Nullable Fetch fetch) {
        if (fetch == null) {
            return;
        }
        CompletionStage<Parsed<JwkSet>> answer;
        try {
            answer = download.run();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        CompletionStage<Void> unused = answer.handle((set, failure) -> {
            if (failure != null) {
                LOG.error("fetching the keys of {} failed: a bug", issuer, failure);
            }
            end(fetch, failure == null ? set : Parsed.bad("a bug"));
            return null;
        });
    }

    private void end(Fetch fetch, Parsed<JwkSet> answer) {
        synchronized (lock) {
            answer.fold(
                    set -> {
                        if (keys == null || budget.failing()) {
                            LOG.info("issuer {}: {} keys, passed over {}", issuer, set.size(), set.passedOver());
                        }
                        keys = set;
                        fetchedAt = fetch.at();
                        budget.succeeded();
                        return true;
                    },
                    reason -> {
                        // A series of failures is one line; the pauses between them are in the metrics.
                        LOG.atLevel(budget.failing() ? Level.DEBUG : Level.WARN)
                                .log("issuer {}: {}; keys once fetched serve for {} s", issuer, reason, outage / 1_000);
                        budget.failed(clock.millis());
                        return false;
                    });
            fetching = null;
        }
        listener.fetched(issuer, answer.isOk());
        fetch.done().complete(null);
    }
}
