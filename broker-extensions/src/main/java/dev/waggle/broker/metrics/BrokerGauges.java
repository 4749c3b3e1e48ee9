package dev.waggle.broker.metrics;

import io.prometheus.client.Gauge;
import java.util.function.IntSupplier;

/** What is read at the moment of the scrape. */
public final class BrokerGauges {

    /**
     * @param connections live MQTT connections of the chat
     * @param users with at least one of them
     */
    public BrokerGauges(Exposition exposition, IntSupplier connections, IntSupplier users) {
        gauge("waggle_connections", "Live MQTT connections.", exposition, connections);
        gauge("waggle_connected_users", "Users with at least one live connection.", exposition, users);
    }

    private static void gauge(String name, String help, Exposition exposition, IntSupplier value) {
        Gauge.build(name, help).register(exposition.registry()).setChild(new Gauge.Child() {
            @Override
            public double get() {
                return value.getAsInt();
            }
        });
    }
}
