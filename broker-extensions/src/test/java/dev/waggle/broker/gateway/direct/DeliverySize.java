package dev.waggle.broker.gateway.direct;

import dev.waggle.broker.gateway.Delivery;

/** Lends the size of a PUBLISH on the wire to the gateway in memory. */
public final class DeliverySize {

    private DeliverySize() {}

    public static int of(Delivery delivery, boolean mqtt5) {
        return PublishBytes.size(delivery, mqtt5);
    }
}
