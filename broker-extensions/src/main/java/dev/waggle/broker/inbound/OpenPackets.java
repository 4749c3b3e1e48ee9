package dev.waggle.broker.inbound;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** QoS 2 packet ids that the client may not use for another message until it has released them (MQTT 5 §4.3.3). */
@RunsOn("connection")
final class OpenPackets {
    /** What is known of a taken id. */
    enum Stage {
        /** Of an earlier connection: the store knows its answer. */
        RESTORED,
        /** Its publish waits for the store. */
        UNDER_WAY,
        /** PUBREC is written. */
        ANSWERED,
        /** PUBREL came, and is on its way to disk. */
        RELEASING
    }

    /**
     * @param kept true if the device's record has the id
     * @param here true if it was answered on this connection
     * @param sent what the first publish was answered
     */
    record Packet(Stage stage, boolean kept, boolean here, Reply.@Nullable Sent sent) {}

    private static final Packet RESTORED = new Packet(Stage.RESTORED, true, false, null);
    private static final Packet UNDER_WAY = new Packet(Stage.UNDER_WAY, false, false, null);

    private final Map<Integer, Packet> packets = new HashMap<>(0);
    private int here;

    void restore(Set<Integer> ids) {
        for (Integer id : ids) {
            packets.put(id, RESTORED);
        }
    }

    @Nullable
    Packet get(int id) {
        return packets.get(id);
    }

    void underWay(int id) {
        packets.put(id, UNDER_WAY);
    }

    void answered(int id, boolean kept, Reply.@Nullable Sent sent) {
        packets.put(id, new Packet(Stage.ANSWERED, kept, true, sent));
        here++;
    }

    void releasing(int id) {
        packets.computeIfPresent(
                id, (same, packet) -> new Packet(Stage.RELEASING, packet.kept(), packet.here(), packet.sent()));
    }

    void free(int id) {
        Packet packet = packets.remove(id);
        if (packet != null && packet.here()) {
            here--;
        }
    }

    /** Ids answered on this connection and not released: they count against the Receive Maximum. */
    int answeredHere() {
        return here;
    }
}
