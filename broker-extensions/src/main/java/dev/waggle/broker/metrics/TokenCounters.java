package dev.waggle.broker.metrics;

import dev.waggle.auth.jwt.VerificationOutcomes;
import dev.waggle.auth.jwt.keys.KeyFetches;
import io.prometheus.client.Counter;
import java.util.Locale;

/** How verifications of tokens and fetches of issuers' keys end. Issuers are those of the configuration. */
public final class TokenCounters implements VerificationOutcomes, KeyFetches {
    private final Counter verifications;
    private final Counter fetches;

    public TokenCounters(Exposition exposition) {
        verifications = Counter.build("waggle_token_verifications_total", "Tokens checked, by outcome.")
                .labelNames("outcome")
                .register(exposition.registry());
        for (Outcome outcome : Outcome.values()) {
            verifications.labels(label(outcome));
        }
        fetches = Counter.build("waggle_issuer_key_fetches_total", "Fetches of the keys of issuers, by outcome.")
                .labelNames("issuer", "outcome")
                .register(exposition.registry());
    }

    @Override
    public void verified(Outcome outcome) {
        verifications.labels(label(outcome)).inc();
    }

    @Override
    public void fetched(String issuer, boolean good) {
        fetches.labels(issuer, good ? "good" : "failed").inc();
    }

    private static String label(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
