package dev.waggle.bench.load;

import dev.waggle.bench.wire.Packet;

/** What happens on one connection. All calls come on the loop's thread; packets are valid during the call only. */
public interface ClientListener {

    /** The CONNACK came, whatever its reason code. */
    default void connected(LoadClient client, Packet connack) {}

    default void subscribed(LoadClient client, Packet suback) {}

    default void acknowledged(LoadClient client, Packet puback) {}

    /** @return true if a QoS 1 message is to be acknowledged at once */
    default boolean arrived(LoadClient client, Packet publish) {
        return true;
    }

    /** The connection has ended, by whatever cause but {@link LoadClient#close()} and {@link LoadClient#abort()}. */
    default void closed(LoadClient client, String cause) {}
}
