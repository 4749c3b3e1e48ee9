package dev.waggle.broker.metrics;

import dev.waggle.broker.outbound.Traffic;
import dev.waggle.spec.message.Refusal;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes, refusals and deliveries as metrics; outcomes are the codes of PROTOCOL §5. */
public final class TrafficCounters implements Traffic {
    private final Counter.Child accepted;
    private final Map<Refusal, Counter.Child> refused = new EnumMap<>(Refusal.class);
    private final Counter deliveries;
    private final Counter acknowledgements;
    private final Counter gaps;

    public TrafficCounters(Exposition exposition) {
        CollectorRegistry registry = exposition.registry();
        Counter publishes = Counter.build("waggle_publishes_total", "Publishes on chat topics that have their answer.")
                .labelNames("outcome")
                .register(registry);
        accepted = publishes.labels("accepted");
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, publishes.labels(refusal.code()));
        }
        deliveries = Counter.build("waggle_deliveries_total", "Inbox entries sent to devices, repeats included.")
                .register(registry);
        acknowledgements = Counter.build(
                        "waggle_delivery_acknowledgements_total", "Deliveries acknowledged by devices.")
                .register(registry);
        gaps = Counter.build("waggle_gap_notices_total", "Gap notices sent to devices.")
                .register(registry);
    }

    @Override
    public void answered(@Nullable Refusal refusal) {
        Counter.Child counted = refusal == null ? accepted : refused.get(refusal);
        if (counted != null) {
            counted.inc();
        }
    }

    @Override
    public void delivered() {
        deliveries.inc();
    }

    @Override
    public void acknowledged() {
        acknowledgements.inc();
    }

    @Override
    public void gap() {
        gaps.inc();
    }
}
