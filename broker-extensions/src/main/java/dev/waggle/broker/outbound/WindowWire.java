package dev.waggle.broker.outbound;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.InboxItem;

/** What a {@link DeviceWindow} needs of its connection and of the store. */
@RunsOn("connection")
interface WindowWire {
    /** False while the peer does not read fast enough. */
    boolean isWritable();

    /** True if any filter with QoS 1 is there; without one nothing needs to be read. */
    boolean wantsAny();

    Fate fate(InboxItem item);

    /** Sends an entry with QoS 0; dropped if the peer does not read. */
    void copy(InboxItem.Entry entry);

    /** Sends an entry with QoS 1. */
    void send(InboxItem.Entry entry, int packetId, boolean resumed);

    /** Sends a gap notice with QoS 1. */
    void send(OpenGap gap, int packetId, boolean resumed);

    /** Reads items above the position; the window is told {@link DeviceWindow#page} or {@link DeviceWindow#pageFailed}. */
    void read(long after, int maxItems, int maxBytes);

    /**
     * Reads what is urgent above the position; the window is told {@link DeviceWindow#urgentPage} or {@link
     * DeviceWindow#urgentPageFailed}.
     */
    void readUrgent(long after, int maxItems, int maxBytes);
}
