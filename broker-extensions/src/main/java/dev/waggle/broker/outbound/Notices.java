package dev.waggle.broker.outbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.gateway.Delivery;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.codec.CallJson;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of ours that are packets of their own, {@code reply} and {@code sent}: they go only to the connection that
 * asked, need a filter like everything else, share the client's Receive Maximum with the deliveries, and are not kept.
 */
@RunsOn("connection")
final class Notices {
    /** Packet ids above those of inbox entries; the host, which takes the lowest free, never comes here. */
    static final int FIRST_PACKET_ID = Limits.FIRST_ENTRY_PACKET_ID + Limits.ENTRY_PACKET_IDS;

    private static final int PACKET_IDS = 65_536 - FIRST_PACKET_ID;

    /** A client that leaves so much unacknowledged does not want its answers. */
    private static final int MOST_WAITING = 1_024;

    private static final int MOST_WAITING_BYTES = 16 * 1024 * 1024;
    private static final int QUOTA_EXCEEDED = 0x97;

    private final Connection connection;
    private final ReceiveQuota quota;
    private final Screen screen;
    private final ArrayDeque<Notice> waiting = new ArrayDeque<>(0);
    private final BitSet taken = new BitSet();
    private int waitingBytes;
    private int lastId;

    Notices(Connection connection, ReceiveQuota quota, Screen screen) {
        this.connection = connection;
        this.quota = quota;
        this.screen = screen;
    }

    private record Notice(
            String topic,
            Bytes payload,
            @Nullable String contentType,
            @Nullable Bytes correlation) {
        Delivery delivery(int qos, int packetId, FilterSet filters) {
            MessageProperties properties = contentType == null
                    ? MessageProperties.NONE
                    : new MessageProperties(contentType, false, 0, List.of());
            return new Delivery(
                    topic, payload, qos, packetId, false, properties, filters.subscriptionIds(topic), correlation);
        }
    }

    /** Sends an answer, at once if there is room: a refusal then comes before the acknowledgement that cannot say it. */
    void offer(String topic, Bytes payload, @Nullable String contentType, @Nullable Bytes correlation) {
        if (screen.filters().qos(topic) == FilterSet.NO_MATCH) {
            return;
        }
        Notice notice = fitting(new Notice(topic, payload, contentType, correlation));
        if (notice == null) {
            return;
        }
        waiting.add(notice);
        waitingBytes += notice.payload().size();
        if (waiting.size() > MOST_WAITING || waitingBytes > MOST_WAITING_BYTES) {
            waiting.clear();
            waitingBytes = 0;
            connection.disconnect(QUOTA_EXCEEDED, "too many answers wait for an acknowledgement");
        }
        pump();
    }

    /** Sends a notice of which only the newest counts: it takes the place of an older one that still waits. */
    void offerNewest(String topic, Bytes payload) {
        waiting.removeIf(notice -> {
            boolean older = notice.topic().equals(topic);
            waitingBytes -= older ? notice.payload().size() : 0;
            return older;
        });
        offer(topic, payload, null, null);
    }

    /** The notice, or a short one that says that it is too large, or null if not even that fits. */
    private @Nullable Notice fitting(Notice notice) {
        int limit = connection.profile().maximumPacketSize();
        if (connection.sizeOf(notice.delivery(1, 1, screen.filters())) <= limit) {
            return notice;
        }
        Bytes error = CallJson.write(
                Rejection.of(Refusal.TOO_LARGE, "the answer is above the client's Maximum Packet Size of " + limit),
                JsonForm.JSON);
        Notice small = new Notice(notice.topic(), error, null, notice.correlation());
        return connection.sizeOf(small.delivery(1, 1, screen.filters())) <= limit ? small : null;
    }

    /** Sends what waits and has room. */
    void pump() {
        while (!waiting.isEmpty() && connection.isWritable()) {
            Notice notice = waiting.element();
            int qos = screen.filters().qos(notice.topic());
            if (qos == 1) {
                if (!mayTake()) {
                    return;
                }
                connection.send(notice.delivery(1, take(), screen.filters()));
            } else if (qos == 0) {
                connection.send(notice.delivery(0, 0, screen.filters()));
            }
            waiting.remove();
            waitingBytes -= notice.payload().size();
        }
    }

    /** True if {@link #take} would find room. */
    boolean mayTake() {
        return quota.isFree() && taken.cardinality() < PACKET_IDS;
    }

    /** A packet id for a QoS 1 packet that is not an answer, until it is acknowledged. */
    int take() {
        quota.take();
        return nextId();
    }

    private int nextId() {
        do {
            lastId = (lastId + 1) % PACKET_IDS;
        } while (taken.get(lastId));
        taken.set(lastId);
        return FIRST_PACKET_ID + lastId;
    }

    /** Bytes that wait to be sent. */
    int waitingBytes() {
        return waitingBytes;
    }

    void acknowledged(int packetId) {
        int id = packetId - FIRST_PACKET_ID;
        if (taken.get(id)) {
            taken.clear(id);
            quota.giveBack();
        }
    }
}
