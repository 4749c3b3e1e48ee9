package dev.waggle.broker.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;

/** All metrics of one broker, in a registry of its own; with those of the JVM and the process. Any thread. */
public final class Exposition {
    private final CollectorRegistry registry = new CollectorRegistry();

    public Exposition() {
        DefaultExports.register(registry);
    }

    CollectorRegistry registry() {
        return registry;
    }

    /** Prometheus text format 0.0.4. */
    public String text() {
        StringWriter out = new StringWriter();
        try {
            TextFormat.write004(out, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new IllegalStateException("a StringWriter does no I/O", e);
        }
        return out.toString();
    }
}
