package dev.waggle.broker.metrics;

import dev.waggle.broker.push.OutletId;
import dev.waggle.broker.push.PushCounts;
import dev.waggle.push.Outcome;
import dev.waggle.push.rules.Reason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** Pushes as metrics; labels are names of providers and codes, never addresses or users. */
public final class PushCounters implements PushCounts {
    private static final double MILLIS = 1_000;

    private final Counter tries;
    private final Counter retries;
    private final Counter accepted;
    private final Counter messages;
    private final Counter left;
    private final Counter given;
    private final Counter pruned;
    private final Histogram answers;
    private final Histogram delays;

    public PushCounters(Exposition exposition) {
        CollectorRegistry registry = exposition.registry();
        tries = Counter.build("waggle_push_tries_total", "Pushes handed to a provider, repeats included, by outcome.")
                .labelNames("app", "provider", "outcome")
                .register(registry);
        retries = Counter.build("waggle_push_retries_total", "Tries that will be repeated.")
                .labelNames("app", "provider")
                .register(registry);
        accepted = Counter.build("waggle_pushes_accepted_total", "Pushes that a provider took.")
                .labelNames("app", "provider")
                .register(registry);
        messages = Counter.build("waggle_pushed_messages_total", "Messages that those pushes stood for.")
                .labelNames("app", "provider")
                .register(registry);
        left = Counter.build("waggle_push_suppressed_total", "Devices not woken, by reason.")
                .labelNames("reason")
                .register(registry);
        given = Counter.build("waggle_pushes_given_up_total", "Pushes that were not sent in the end.")
                .labelNames("app", "provider", "reason")
                .register(registry);
        pruned = Counter.build("waggle_push_registrations_pruned_total", "Registrations at which nobody was found.")
                .labelNames("app", "provider")
                .register(registry);
        answers = Histogram.build("waggle_push_answer_seconds", "From handing a push to a provider to its answer.")
                .labelNames("app", "provider")
                .buckets(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(registry);
        delays = Histogram.build("waggle_push_delay_seconds", "From the commit of a message to a push for it taken.")
                .labelNames("app", "provider")
                .buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3_600)
                .register(registry);
    }

    @Override
    public void tried(OutletId outlet, Outcome outcome, long millis) {
        tries.labels(outlet.app(), outlet.provider(), code(outcome)).inc();
        answers.labels(outlet.app(), outlet.provider()).observe(millis / MILLIS);
    }

    @Override
    public void retried(OutletId outlet) {
        retries.labels(outlet.app(), outlet.provider()).inc();
    }

    private static String code(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return "accepted";
        }
        if (outcome instanceof Outcome.Later later) {
            return later.unanswered() ? "unanswered" : "later";
        }
        if (outcome instanceof Outcome.Gone) {
            return "gone";
        }
        if (outcome instanceof Outcome.Unknown) {
            return "unknown";
        }
        return outcome instanceof Outcome.Misconfigured ? "misconfigured" : "undeliverable";
    }

    @Override
    public void accepted(OutletId outlet, long millis, int count) {
        accepted.labels(outlet.app(), outlet.provider()).inc();
        messages.labels(outlet.app(), outlet.provider()).inc(count);
        delays.labels(outlet.app(), outlet.provider()).observe(Math.max(0, millis) / MILLIS);
    }

    @Override
    public void left(Reason reason) {
        left.labels(reason.code()).inc();
    }

    @Override
    public void given(OutletId outlet, boolean expired) {
        given.labels(outlet.app(), outlet.provider(), expired ? "expired" : "undeliverable")
                .inc();
    }

    @Override
    public void pruned(OutletId outlet) {
        pruned.labels(outlet.app(), outlet.provider()).inc();
    }
}
