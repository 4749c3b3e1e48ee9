package dev.waggle.broker.gateway;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Filter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection says. The gateway calls it on the connection's thread, in the order of the packets, and never
 * again after {@link #closed}.
 */
@RunsOn("connection")
public interface Dialogue {

    /**
     * The host has accepted the CONNECT and is about to say so. CONNACK waits until the answer is given, on any thread,
     * exactly once.
     */
    void open(Consumer<Welcome> answer);

    /**
     * A PUBLISH.
     *
     * @return true if the chat takes it over and will acknowledge it; false lets it go on to the host
     */
    boolean publish(InboundPublish publish);

    /** @return true if the packet id belongs to a delivery of the chat; false lets PUBACK go on to the host */
    boolean acknowledged(int packetId);

    /** @return true if the packet id belongs to a taken-over QoS 2 publish; the chat then answers PUBCOMP */
    boolean released(int packetId);

    /**
     * A SUBSCRIBE, with the filters as asked.
     *
     * @param proceed lets the packet go on to the host, which answers SUBACK; to be run on the connection's thread. Told
     *     the filters with the QoS that they are granted; the host refuses the others
     */
    void subscribe(List<Filter> filters, Consumer<List<Filter>> proceed);

    /**
     * The SUBACK refuses filters.
     *
     * @param reasonCode of the first of them, MQTT 5 §3.9.3
     */
    default void refusedFilters(int reasonCode, String reason) {}

    /** An UNSUBSCRIBE; it waits in the same way. */
    void unsubscribe(List<String> topics, Runnable proceed);

    /** The client sends a new token (MQTT 5 §4.12.1), which the host will check. */
    default void renewing() {}

    /**
     * The client says DISCONNECT.
     *
     * @param sessionExpirySeconds new Session Expiry Interval, or null if it named none
     */
    void disconnecting(@Nullable Long sessionExpirySeconds);

    /** {@link Connection#identity} is another from now on. */
    default void renewed() {}

    /** The peer reads again, or no longer (see {@link Connection#isWritable}). */
    void writabilityChanged();

    /**
     * Asked when the connection has ended and its will is about to be sent: the right to it may be gone since the CONNECT.
     *
     * @param topic of the will
     * @param qos of the will
     * @param retain of the will
     */
    default boolean mayLeaveWill(String topic, int qos, boolean retain) {
        return true;
    }

    /** The connection is gone. */
    void closed();

    /** Starts a dialogue for each accepted connection. */
    interface Host {
        /**
         * A client wants to connect; asked before its token is looked at. On the connection's thread.
         *
         * @param address of the client
         * @return null to let it try
         */
        default Welcome.@Nullable Out admit(String address) {
            return null;
        }

        /** A client was sent away, by whomever. On the connection's thread; must not block. */
        default void dismissed(Dismissal dismissal) {}

        /** Called once per connection, before {@link Dialogue#open}. */
        Dialogue connected(Connection connection);
    }

    /** What CONNACK says. */
    sealed interface Welcome {

        /**
         * @param sessionPresent Session Present flag
         * @param waiting user property {@code inbox} in MQTT 5
         * @param hostFilters filters on ordinary topics to put in force in the host before the CONNACK
         */
        record In(boolean sessionPresent, long waiting, List<Filter> hostFilters) implements Welcome {}

        /**
         * @param reasonCode MQTT 5 §3.2.2.2; the gateway maps it for 3.1.1
         */
        record Out(int reasonCode, String reason) implements Welcome {}
    }
}
