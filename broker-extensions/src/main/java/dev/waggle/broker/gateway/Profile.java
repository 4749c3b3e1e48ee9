package dev.waggle.broker.gateway;

import dev.waggle.auth.Identity;

/**
 * What is known of a connection once its CONNECT was accepted.
 *
 * @param identity who, from the token of the CONNECT; {@link Connection#identity} is the newest
 * @param clientId MQTT client id
 * @param mqtt5 false: 3.1.1
 * @param cleanStart Clean Start 1 / clean session 1
 * @param sessionExpirySeconds Session Expiry Interval as limited by the server; 3.1.1: 0 with clean session 1, otherwise
 *     the server's maximum
 * @param receiveMaximum of the client; 65,535 if it named none
 * @param maximumPacketSize of the client in bytes; 268,435,460 if it named none
 * @param problemInformation false: reason strings and user properties only on PUBLISH, CONNACK and DISCONNECT
 * @param quiet the device was woken by a push and wants nobody to notice (CONNECT user property {@code wake} = 1)
 * @param address of the peer, for logs and limits
 */
public record Profile(
        Identity identity,
        String clientId,
        boolean mqtt5,
        boolean cleanStart,
        long sessionExpirySeconds,
        int receiveMaximum,
        int maximumPacketSize,
        boolean problemInformation,
        boolean quiet,
        String address) {

    /** True if the server keeps a device record for it (PROTOCOL §4). */
    public boolean durable() {
        return sessionExpirySeconds > 0 && identity.device() != null;
    }
}
