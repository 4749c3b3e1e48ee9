package dev.waggle.broker.metrics;

import dev.waggle.broker.refusals.RefusalCounts;
import dev.waggle.broker.refusals.Refused.What;
import io.prometheus.client.Counter;
import java.util.Locale;

/** Refusals by what was asked for and the code that answered it. */
public final class RefusalCounters implements RefusalCounts {
    private final Counter refusals;

    public RefusalCounters(Exposition exposition) {
        refusals = Counter.build(
                        "waggle_refusals_total", "What clients were refused, by MQTT reason code or HTTP status.")
                .labelNames("what", "code")
                .register(exposition.registry());
    }

    @Override
    public void refused(What what, int code) {
        String text = what == What.REQUEST ? Integer.toString(code) : "0x%02X".formatted(code);
        refusals.labels(what.name().toLowerCase(Locale.ROOT), text).inc();
    }
}
