package dev.waggle.broker.outbound;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sliding window of one device over its user's inbox (PROTOCOL §4): what goes out next, what is on the way, and how
 * far everything is done. Every position is sent, passed over or covered by a gap, in order, and the cursor never passes
 * one that is not acknowledged.
 */
@RunsOn("connection")
final class DeviceWindow {
    private static final int GAP_BYTES = 64;

    private final int maxMessages;
    private final int maxBytes;
    private final ReceiveQuota quota;
    private final WindowWire wire;
    private final Upcoming upcoming = new Upcoming();
    private final Flights flights = new Flights();
    private final Progress progress = new Progress();
    private boolean begun;
    private long resumedUpTo;
    /** Everything at or below it was sent, passed over or is in {@link #gap}. */
    private long handled;

    private @Nullable OpenGap gap;

    DeviceWindow(Limits limits, ReceiveQuota quota, WindowWire wire) {
        this.maxMessages = limits.windowMessages();
        this.maxBytes = limits.windowBytes();
        this.quota = quota;
        this.wire = wire;
    }

    /** From now on items are due, above the cursor of {@code from}. */
    void begin(DeviceProgress from, long inboxEnd) {
        progress.begin(from);
        upcoming.begin(from.cursor(), inboxEnd);
        resumedUpTo = from.sentUpTo();
        handled = from.cursor();
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** The inbox goes on up to here, and what waits may be other than it was, though nobody said so. */
    void endsAt(long inboxEnd) {
        if (begun) {
            upcoming.again(handled, inboxEnd);
        } else {
            upcoming.endsAt(inboxEnd);
        }
    }

    void arrived(long position, Event.LogEntry entry) {
        upcoming.arrived(position, entry, begun);
    }

    /** What waits is to go out as it is after this, though it is no entry of the inbox. */
    void changed(Event.LogEntry change) {
        upcoming.changed(change);
    }

    void page(List<InboxItem> items) {
        upcoming.page(items);
    }

    void pageFailed() {
        upcoming.pageFailed();
    }

    /** Sends what is due and has room, and reads on. */
    void pump() {
        if (!begun) {
            return;
        }
        InboxItem item = upcoming.peek();
        while (item != null && advance(item)) {
            upcoming.remove();
            handled = item.position();
            item = upcoming.peek();
        }
        if (item == null) {
            if (!wire.wantsAny()) {
                upcoming.skipUnloaded();
            }
            handled = Math.max(handled, upcoming.loaded());
            if (upcoming.isExhausted()) {
                sendGap();
            }
        }
        settle();
        if (upcoming.startReading()) {
            wire.read(upcoming.loaded(), Upcoming.PAGE_ITEMS, Upcoming.PAGE_BYTES);
        }
    }

    /** Deals with one item; false if it has to wait. */
    private boolean advance(InboxItem item) {
        if (progress.isAcknowledged(item.position())) {
            return true;
        }
        Fate fate = wire.fate(item);
        if (fate == Fate.SEND) {
            return sendGap() && send((InboxItem.Entry) item);
        }
        if (fate == Fate.GAP) {
            return widenGap(OpenGap.of(item));
        }
        if (fate == Fate.COPY && item instanceof InboxItem.Entry entry) {
            wire.copy(entry);
        }
        if (gap != null) {
            gap = gap.over(item);
        }
        return true;
    }

    private boolean send(InboxItem.Entry item) {
        int size = Upcoming.weight(item);
        if (!hasRoom(item.position(), size)) {
            return false;
        }
        quota.take();
        flights.addEntry(
                item.position(), item.entry().conversation(), item.entry().seq(), size);
        progress.sent(item.position());
        wire.send(item, Flights.packetId(item.position()), item.position() <= resumedUpTo);
        return true;
    }

    private boolean widenGap(OpenGap other) {
        if (gap != null && gap.isContinuedBy(other)) {
            gap = gap.with(other);
            return true;
        }
        if (!sendGap()) {
            return false;
        }
        gap = other;
        return true;
    }

    /** Announces the open gap, if there is one; false if there is no room for it. */
    private boolean sendGap() {
        OpenGap open = gap;
        if (open == null) {
            return true;
        }
        long position = open.lastPosition();
        if (!hasRoom(position, GAP_BYTES)) {
            return false;
        }
        gap = null;
        quota.take();
        flights.addGap(open.firstPosition(), position, GAP_BYTES);
        progress.sent(position);
        wire.send(open, Flights.packetId(position), position <= resumedUpTo);
        return true;
    }

    private boolean hasRoom(long position, int size) {
        return flights.count() < maxMessages
                && (flights.count() == 0 || flights.bytes() + size <= maxBytes)
                && quota.isFree()
                && flights.idIsFree(position)
                && wire.isWritable();
    }

    /**
     * A PUBACK for an inbox entry. What is not in flight is ignored: it was acknowledged before, or never sent here.
     *
     * @return true if it moved something, so that {@link #pump} may find room
     */
    boolean acknowledged(int packetId) {
        int row = flights.find(packetId);
        if (row == Flights.UNKNOWN) {
            return false;
        }
        ConversationId conversation = flights.conversation(row);
        if (conversation != null) {
            progress.delivered(conversation, flights.seq(row));
        }
        if (row > 0) {
            progress.acknowledgedAbove(flights.first(row), flights.last(row));
        }
        flights.remove(row);
        quota.giveBack();
        settle();
        return true;
    }

    /** True if nothing waits to be sent. */
    boolean isDrained() {
        return !begun || upcoming.isExhausted();
    }

    private void settle() {
        if (flights.count() > 0) {
            progress.moveTo(flights.lowest() - 1);
        } else {
            progress.moveTo(gap == null ? handled : gap.firstPosition() - 1);
        }
    }

    /** True if the store does not know yet how far this device has come. */
    boolean hasNews() {
        return begun && progress.untold();
    }

    DeviceProgress progress() {
        return progress.now();
    }

    Map<ConversationId, Long> delivered() {
        return progress.delivered();
    }

    /** The store took {@link #progress} and {@link #delivered}. */
    void told() {
        progress.told();
    }

    /** Positions of messages that were sent on this connection and not acknowledged. */
    List<Long> unacknowledged() {
        return flights.entries();
    }
}
