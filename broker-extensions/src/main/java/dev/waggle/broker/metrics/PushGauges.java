package dev.waggle.broker.metrics;

import dev.waggle.broker.push.OutletId;
import io.prometheus.client.Gauge;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Of waking sleeping devices, what is read at the moment of the scrape. */
public final class PushGauges {
    private final Gauge doubts;

    /**
     * @param users for whom something is due
     * @param underWay pushes that are not done with
     */
    public PushGauges(Exposition exposition, IntSupplier users, IntSupplier underWay) {
        gauge(exposition, "waggle_push_users_waiting", "Users for whom a push may be due.", users);
        gauge(exposition, "waggle_pushes_under_way", "Pushes decided on and not done with.", underWay);
        doubts = Gauge.build(
                        "waggle_push_pruning_stopped",
                        "1: so many addresses are unknown to a provider that none is forgotten; look at its settings.")
                .labelNames("app", "provider")
                .register(exposition.registry());
    }

    private static void gauge(Exposition exposition, String name, String help, IntSupplier value) {
        Gauge.build(name, help).register(exposition.registry()).setChild(new Gauge.Child() {
            @Override
            public double get() {
                return value.getAsInt();
            }
        });
    }

    /** @param stopped true while nothing is forgotten */
    public void doubts(OutletId outlet, BooleanSupplier stopped) {
        doubts.setChild(
                new Gauge.Child() {
                    @Override
                    public double get() {
                        return stopped.getAsBoolean() ? 1 : 0;
                    }
                },
                outlet.app(),
                outlet.provider());
    }
}
