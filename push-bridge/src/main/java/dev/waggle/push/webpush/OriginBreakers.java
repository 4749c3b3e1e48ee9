package dev.waggle.push.webpush;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.endpoint.Endpoint;
import dev.waggle.push.guard.BreakerTerms;
import dev.waggle.push.guard.ProviderBreaker;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A breaker for every push service. Whoever registers an endpoint chooses one, so with one breaker for all, five silent
 * endpoints of one user would keep everybody's browsers asleep. Any thread.
 */
public final class OriginBreakers implements PushProvider {
    /** Of those that were not used longest, the state is forgotten: they are asked once more. */
    private static final int MOST_ORIGINS = 1_000;

    private final PushProvider provider;
    private final BreakerTerms terms;
    private final InstantSource clock;

    private final Map<String, ProviderBreaker> breakers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ProviderBreaker> eldest) {
            return size() > MOST_ORIGINS;
        }
    };

    /** @param provider for Web Push; closed with this */
    public OriginBreakers(PushProvider provider, BreakerTerms terms, InstantSource clock) {
        this.provider = provider;
        this.terms = terms;
        this.clock = clock;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        if (!(to instanceof Address.WebPush address)) {
            return provider.send(to, push);
        }
        return Endpoint.parse(address.endpoint())
                .fold(endpoint -> breaker(endpoint.origin()).send(to, push), reason -> provider.send(to, push));
    }

    private synchronized ProviderBreaker breaker(String origin) {
        return breakers.computeIfAbsent(origin, name -> new ProviderBreaker(provider, terms, clock));
    }

    /** How many push services are left alone now. */
    public synchronized int open() {
        return (int) breakers.values().stream().filter(ProviderBreaker::isOpen).count();
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
