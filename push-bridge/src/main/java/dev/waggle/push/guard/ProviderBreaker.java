package dev.waggle.push.guard;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider behind a bulkhead and a breaker: only so many tries are with it at one time, and after some that were not
 * answered in a row it is left alone for a while; then one try probes it. What is not let through is
 * {@link Outcome.Later} at once, without a call. Any thread; has none of its own.
 */
public final class ProviderBreaker implements PushProvider {
    /** What is let through. */
    public enum State {
        /** Everything. */
        CLOSED,
        /** Nothing, for a while. */
        OPEN,
        /** One try, whose answer decides. */
        PROBING
    }

    private static final Logger LOG = LoggerFactory.getLogger(ProviderBreaker.class);

    /** Of what was not tried, so small that it spreads what comes back, and no more: the provider did nothing wrong. */
    private static final Duration BASE = Duration.ofSeconds(2);

    private final PushProvider provider;
    private final BreakerTerms terms;
    private final InstantSource clock;
    private final Runnable rebuild;

    private State state = State.CLOSED;
    private int inFlight;
    private int unanswered;
    private long until;
    private long pauseMillis;

    /** @param rebuild asks the provider for new connections; called each time the breaker opens, must not block */
    public ProviderBreaker(PushProvider provider, BreakerTerms terms, InstantSource clock, Runnable rebuild) {
        this.provider = provider;
        this.terms = terms;
        this.clock = clock;
        this.rebuild = rebuild;
        this.pauseMillis = terms.pause().toMillis();
    }

    /** For providers whose connections renew themselves. */
    public ProviderBreaker(PushProvider provider, BreakerTerms terms, InstantSource clock) {
        this(provider, terms, clock, () -> {});
    }

    @Override
    public String name() {
        return provider.name();
    }

    public synchronized State state() {
        return state;
    }

    /** True while nothing, or one try at most, is let through. */
    public boolean isOpen() {
        return state() != State.CLOSED;
    }

    /** Tries without an answer yet. */
    public synchronized int inFlight() {
        return inFlight;
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        boolean probe;
        synchronized (this) {
            long remaining = until - clock.millis();
            if (state == State.PROBING || state == State.OPEN && remaining > 0) {
                Duration wait = Duration.ofMillis(Math.max(remaining, 1_000));
                return refused("the provider does not answer", wait);
            }
            if (inFlight >= terms.mostInFlight()) {
                return refused("too many tries are on their way", BASE);
            }
            probe = state == State.OPEN;
            state = probe ? State.PROBING : state;
            inFlight++;
        }
        return attempt(to, push).handle((outcome, failure) -> {
            Outcome known = outcome != null ? outcome : failed(failure);
            settle(known, probe);
            return known;
        });
    }

    private CompletionStage<Outcome> attempt(Address to, Push push) {
        try {
            return provider.send(to, push);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Outcome failed(Throwable failure) {
        LOG.error("{} broke its promise to tell each outcome; this is a bug", provider.name(), failure);
        return new Outcome.Later("failed inside", terms.pause(), null, true);
    }

    private static CompletionStage<Outcome> refused(String reason, Duration wait) {
        return CompletableFuture.completedFuture(new Outcome.Later(reason, BASE, wait, false));
    }

    private void settle(Outcome outcome, boolean probe) {
        boolean opens;
        synchronized (this) {
            inFlight--;
            if (!(outcome instanceof Outcome.Later later && later.unanswered())) {
                recover();
                return;
            }
            unanswered++;
            // While it is open, only the probe counts: the others began before.
            opens = probe || state == State.CLOSED && unanswered >= terms.unanswered();
            if (opens) {
                interrupt();
            }
        }
        if (opens) {
            LOG.warn("{} does not answer ({}): left alone for a while", provider.name(), outcome.reason());
            rebuild.run();
        }
    }

    private void recover() {
        state = State.CLOSED;
        unanswered = 0;
        pauseMillis = terms.pause().toMillis();
    }

    private void interrupt() {
        state = State.OPEN;
        unanswered = 0;
        until = clock.millis() + pauseMillis;
        pauseMillis = Math.min(pauseMillis * 2, terms.longestPause().toMillis());
    }

    @Override
    public CompletionStage<List<String>> problems() {
        return provider.problems();
    }

    @Override
    public Optional<Credential> credential() {
        return provider.credential();
    }

    @Override
    public void close() {
        provider.close();
    }
}
