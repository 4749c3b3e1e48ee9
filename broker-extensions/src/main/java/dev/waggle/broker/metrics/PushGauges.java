package dev.waggle.broker.metrics;

import dev.waggle.broker.push.Census;
import dev.waggle.broker.push.DeadLetters;
import dev.waggle.broker.push.Outlet;
import dev.waggle.broker.push.OutletId;
import dev.waggle.broker.push.PushEngine;
import dev.waggle.push.Credential;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Of waking sleeping devices, what is read at the moment of the scrape. */
public final class PushGauges extends Collector {
    private static final double MILLIS = 1_000;
    private static final List<String> OUTLET = List.of("app", "provider");

    private final PushEngine engine;
    private final List<Outlet> outlets;
    private final DeadLetters letters;
    private final InstantSource clock;

    /** @param outlets all that are open */
    public PushGauges(
            Exposition exposition, PushEngine engine, List<Outlet> outlets, DeadLetters letters, InstantSource clock) {
        this.engine = engine;
        this.outlets = List.copyOf(outlets);
        this.letters = letters;
        this.clock = clock;
        register(exposition.registry());
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> all = new ArrayList<>();
        all.add(one("waggle_push_users_waiting", "Users for whom a push may be due.", engine.users()));
        all.add(one("waggle_pushes_under_way", "Pushes decided on and not done with.", engine.underWay()));
        all.add(one("waggle_push_dead_letters", "Pushes that were given up and are kept.", letters.size()));
        all.add(new CounterMetricFamily(
                "waggle_push_dead_letters_lost", "Pushes that were given up and could not be kept.", letters.lost()));
        queues(all);
        breakers(all);
        credentials(all);
        all.add(registrations());
        return all;
    }

    private static GaugeMetricFamily one(String name, String help, double value) {
        return new GaugeMetricFamily(name, help, value);
    }

    private static GaugeMetricFamily family(String name, String help) {
        return new GaugeMetricFamily(name, help, OUTLET);
    }

    private static List<String> labels(Outlet outlet) {
        return List.of(outlet.id().app(), outlet.id().provider());
    }

    private void queues(List<MetricFamilySamples> all) {
        GaugeMetricFamily depth = family("waggle_push_queue", "Pushes that wait for a provider, or for another try.");
        GaugeMetricFamily oldest =
                family("waggle_push_queue_oldest_seconds", "Since the oldest of them was decided on; 0: none waits.");
        for (Outlet outlet : outlets) {
            depth.addMetric(labels(outlet), engine.queue(outlet).under());
            long since = engine.queue(outlet).oldest();
            oldest.addMetric(labels(outlet), since == 0 ? 0 : seconds(clock.millis() - since));
        }
        all.add(depth);
        all.add(oldest);
    }

    private void breakers(List<MetricFamilySamples> all) {
        GaugeMetricFamily stopped = family(
                "waggle_push_pruning_stopped",
                "1: so many addresses are unknown to a provider that none is forgotten; look at its settings.");
        GaugeMetricFamily alone =
                family("waggle_push_left_alone", "Servers that did not answer and are not asked for a while.");
        for (Outlet outlet : outlets) {
            stopped.addMetric(labels(outlet), outlet.prune().isOpen() ? 1 : 0);
            alone.addMetric(labels(outlet), outlet.leftAlone().getAsInt());
        }
        all.add(stopped);
        all.add(alone);
    }

    /** Only of what ends by itself; what was not got yet, or did not fail, has no sample. */
    private void credentials(List<MetricFamilySamples> all) {
        GaugeMetricFamily expiry =
                family("waggle_push_credential_expiry_seconds", "Until what is shown to a provider ends.");
        GaugeMetricFamily age = family("waggle_push_credential_age_seconds", "Since it was got.");
        GaugeMetricFamily failed = family(
                "waggle_push_credential_failed_seconds", "Since it could not be renewed last, unless it was later.");
        long now = clock.millis();
        for (Outlet outlet : outlets) {
            Credential known = outlet.provider().credential().orElse(new Credential(0, 0, 0));
            if (known.since() > 0) {
                expiry.addMetric(labels(outlet), seconds(known.until() - now));
                age.addMetric(labels(outlet), seconds(now - known.since()));
            }
            if (known.failedAt() > 0) {
                failed.addMetric(labels(outlet), seconds(now - known.failedAt()));
            }
        }
        all.addAll(List.of(expiry, age, failed));
    }

    private GaugeMetricFamily registrations() {
        GaugeMetricFamily family = new GaugeMetricFamily(
                "waggle_push_registrations",
                "Devices that can be woken, as counted last; stale: not renewed for 30 days.",
                List.of("app", "provider", "state"));
        for (Map.Entry<OutletId, Census.Count> one : engine.registrations().entrySet()) {
            OutletId of = one.getKey();
            family.addMetric(
                    List.of(of.app(), of.provider(), "fresh"), one.getValue().fresh());
            family.addMetric(
                    List.of(of.app(), of.provider(), "stale"), one.getValue().stale());
        }
        return family;
    }

    private static double seconds(long millis) {
        return millis / MILLIS;
    }
}
