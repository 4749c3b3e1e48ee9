package dev.waggle.broker.conformance.device;

import java.time.Duration;

/**
 * Where the broker listens for MQTT without TLS.
 *
 * @param patience how long an answer or a delivery is waited for
 */
public record Address(String host, int port, Duration patience) {

    String uri() {
        return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    long patienceMillis() {
        return patience.toMillis();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
