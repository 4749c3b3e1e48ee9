package dev.waggle.bench.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says.
 *
 * @param mqtt 4 for MQTT 3.1.1, 5 for MQTT 5
 * @param password sent with {@code userName}; null: neither is sent
 * @param sessionExpirySeconds MQTT 5 only
 * @param keepAliveSeconds 0 switches it off
 * @param receiveMaximum 0: not sent, so 65,535 (MQTT 5 only)
 * @param maximumPacketSize 0: not sent, so unlimited (MQTT 5 only)
 */
public record Connect(
        int mqtt,
        String clientId,
        String userName,
        @Nullable String password,
        boolean cleanStart,
        long sessionExpirySeconds,
        int keepAliveSeconds,
        int receiveMaximum,
        int maximumPacketSize) {

    public Connect {
        if (mqtt != 4 && mqtt != 5) {
            throw new IllegalArgumentException("mqtt must be 4 (3.1.1) or 5, was " + mqtt);
        }
    }

    /** A clean MQTT 5 connection whose session ends with it. */
    public static Connect of(String clientId, String userName, @Nullable String password) {
        return new Connect(5, clientId, userName, password, true, 0, 60, 0, 0);
    }

    public boolean five() {
        return mqtt == 5;
    }

    public Connect mqtt(int level) {
        return new Connect(
                level,
                clientId,
                userName,
                password,
                cleanStart,
                sessionExpirySeconds,
                keepAliveSeconds,
                receiveMaximum,
                maximumPacketSize);
    }

    /** Asks for a session that outlives the connection: MQTT 5 by its expiry, 3.1.1 by clean session 0. */
    public Connect durable(boolean clean, long expirySeconds) {
        return new Connect(
                mqtt,
                clientId,
                userName,
                password,
                clean,
                expirySeconds,
                keepAliveSeconds,
                receiveMaximum,
                maximumPacketSize);
    }

    public Connect keepAlive(int seconds) {
        return new Connect(
                mqtt,
                clientId,
                userName,
                password,
                cleanStart,
                sessionExpirySeconds,
                seconds,
                receiveMaximum,
                maximumPacketSize);
    }

    public Connect bounded(int receiveMax, int packetMax) {
        return new Connect(
                mqtt,
                clientId,
                userName,
                password,
                cleanStart,
                sessionExpirySeconds,
                keepAliveSeconds,
                receiveMax,
                packetMax);
    }
}
