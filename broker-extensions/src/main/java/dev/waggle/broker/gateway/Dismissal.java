package dev.waggle.broker.gateway;

/**
 * The broker ends a connection: with an error in CONNACK, or, once it was admitted, with DISCONNECT.
 *
 * @param admitted true: it had got its CONNACK
 * @param address of the client, or {@code unknown}
 * @param clientId as the client says; untrusted text, empty if it said none
 * @param mqtt5 false: 3.1.1, whose client is told less than is written here
 * @param reasonCode MQTT 5 §3.2.2.2 or §3.14.2.1, for 3.1.1 clients too
 * @param reason readable, nothing secret; empty if the host gave none
 */
public record Dismissal(
        boolean admitted, String address, String clientId, boolean mqtt5, int reasonCode, String reason) {}
