package dev.waggle.broker.gateway;

import dev.waggle.auth.Identity;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Filter;
import java.util.List;

/**
 * One live MQTT connection, as the chat sees it. Except for {@link #execute}, {@link #profile} and {@link #disconnect}
 * every method belongs to the connection's own thread.
 */
public interface Connection {

    /** Who is connected and what its client asked for; fixed for the life of the connection. */
    Profile profile();

    /**
     * Whom the connection speaks for now. User, device and agent are those of {@link #profile} for ever; role and expiry
     * are those of the newest token (MQTT 5 §4.12.1). Any thread.
     */
    default Identity identity() {
        return profile().identity();
    }

    /** Runs a task on the connection's thread, in the order of the calls. From any thread; dropped after the close. */
    void execute(Runnable task);

    /** Writes PUBACK or PUBREC; the caller keeps the order of the publishes. Not flushed. */
    @RunsOn("connection")
    void acknowledge(Acknowledgement acknowledgement);

    /** Writes PUBCOMP for a QoS 2 publish that was taken over. Not flushed. */
    @RunsOn("connection")
    void complete(int packetId);

    /** Bytes that the PUBLISH packet would take on the wire, fixed header included. */
    @RunsOn("connection")
    int sizeOf(Delivery delivery);

    /** Writes a PUBLISH. The caller has checked the size and keeps the window. Not flushed. */
    @RunsOn("connection")
    void send(Delivery delivery);

    /** Puts what was written on the wire. */
    @RunsOn("connection")
    void flush();

    /** False while the peer does not read fast enough: QoS 0 is then dropped, QoS 1 waits. */
    @RunsOn("connection")
    boolean isWritable();

    /** Stops taking bytes from the socket until {@link #resumeReading}. Calls do not nest. */
    @RunsOn("connection")
    void pauseReading();

    @RunsOn("connection")
    void resumeReading();

    /**
     * Ends subscriptions of this client that the host serves, and grants others a lower QoS; MQTT has no word for either,
     * so the client is told nothing. If it cannot be done the connection ends.
     *
     * @param ended filters that end; those that there are not are passed over
     * @param lowered filters with the QoS that they have from now on
     */
    @RunsOn("connection")
    void restrict(List<String> ended, List<Filter> lowered);

    /**
     * Ends the connection: DISCONNECT with the reason in MQTT 5, a plain close in 3.1.1. From any thread.
     *
     * @param reasonCode MQTT 5 §3.14.2.1, 0x80…0xA2
     */
    void disconnect(int reasonCode, String reason);
}
