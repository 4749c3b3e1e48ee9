package dev.waggle.broker.metrics;

import io.prometheus.client.Gauge;
import java.util.function.IntSupplier;

/** What is read at the moment of the scrape. */
public final class BrokerGauges {

    /**
     * @param connections live MQTT connections of the chat
     * @param users with at least one of them
     * @param bans networks that are banned
     */
    public BrokerGauges(Exposition exposition, IntSupplier connections, IntSupplier users, IntSupplier bans) {
        gauge("waggle_connections", "Live MQTT connections.", exposition, connections);
        gauge("waggle_connected_users", "Users with at least one live connection.", exposition, users);
        gauge("waggle_banned_networks", "Networks that may not come in for a while.", exposition, bans);
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
