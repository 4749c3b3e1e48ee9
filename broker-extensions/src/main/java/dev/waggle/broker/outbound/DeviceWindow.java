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
 * far everything is done. Every position is sent, passed over or covered by a gap, in order but for what is urgent, and
 * the cursor never passes one that is not acknowledged.
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
    /** Let go of when nothing is urgent: mostly. */
    private @Nullable Express express;

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
        if (handled < inboxEnd) {
            express = new Express();
        }
    }

    boolean hasBegun() {
        return begun;
    }

    /** The inbox goes on up to here, and what waits may be other than it was, though nobody said so. */
    void endsAt(long inboxEnd) {
        if (begun) {
            upcoming.again(handled, inboxEnd);
            hurry();
        } else {
            upcoming.endsAt(inboxEnd);
        }
    }

    void arrived(long position, Event.LogEntry entry) {
        Express early = express;
        if (early != null && Afterwards.concernsOthers(entry)) {
            early.changed(entry);
        }
        boolean urgent = entry instanceof Event.MessageStored message
                && message.properties().isUrgent();
        if (urgent && begun && !upcoming.isExhausted()) {
            hurry();
        }
        upcoming.arrived(position, entry, begun);
    }

    /** What waits is to go out as it is after this, though it is no entry of the inbox. */
    void changed(Event.LogEntry change) {
        if (express != null) {
            express.changed(change);
        }
        upcoming.changed(change);
    }

    void page(List<InboxItem> items) {
        upcoming.page(items);
    }

    void pageFailed() {
        upcoming.pageFailed();
    }

    /** Something urgent may wait that is not next. */
    private void hurry() {
        if (express == null) {
            express = new Express();
        } else {
            express.want();
        }
    }

    /** What comes before all else, up to the last message of high priority in each of its conversations. */
    void urgentPage(List<InboxItem> items) {
        if (express != null) {
            express.page(items);
            if (items.stream().anyMatch(InboxItem.Missing.class::isInstance)) {
                // It took the place of older entries, and of those none may come behind it: what waits is read again.
                upcoming.again(handled, 0);
            }
        }
    }

    void urgentPageFailed() {
        if (express != null) {
            express.giveUp();
        }
    }

    /** Sends what is due and has room, and reads on. */
    void pump() {
        if (!begun) {
            return;
        }
        if (!isHeldBack()) {
            pumpInTurn();
        }
        settle();
        if (upcoming.startReading()) {
            wire.read(upcoming.loaded(), Upcoming.PAGE_ITEMS, Upcoming.PAGE_BYTES);
        }
    }

    /** True while something urgent goes first and waits for its page or for room. */
    private boolean isHeldBack() {
        Express early = express;
        if (early == null) {
            return false;
        }
        if (!wire.wantsAny()) {
            early.giveUp();
        }
        InboxItem item = early.peek();
        while (item != null) {
            if (item.position() <= handled
                    || early.isAhead(item.position())
                    || progress.isAcknowledged(item.position())) {
                early.remove();
            } else if (sendGap() && advanceEarly(item)) {
                early.removeAhead();
            } else {
                return true;
            }
            item = early.peek();
        }
        if (early.startReading()) {
            wire.readUrgent(early.readAfter(handled), Upcoming.PAGE_ITEMS, Upcoming.PAGE_BYTES);
        }
        if (early.isOver()) {
            express = null;
        }
        return early.isReading();
    }

    /** Deals with one item before its turn; false if it has to wait. */
    private boolean advanceEarly(InboxItem item) {
        Fate fate = wire.fate(item);
        if (fate == Fate.SEND) {
            return send((InboxItem.Entry) item);
        }
        if (fate == Fate.GAP) {
            return announce(OpenGap.of(item));
        }
        if (fate == Fate.COPY && item instanceof InboxItem.Entry entry) {
            wire.copy(entry);
        }
        return true;
    }

    private void pumpInTurn() {
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
    }

    /** Deals with one item; false if it has to wait. */
    private boolean advance(InboxItem item) {
        Express early = express;
        if (early != null && early.isAhead(item.position())) {
            // It may be on the way: no gap that is acknowledged may lie over it.
            if (!sendGap()) {
                return false;
            }
            early.passed(item.position());
            return true;
        }
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
        boolean sent = announce(open);
        if (sent) {
            gap = null;
        }
        return sent;
    }

    private boolean announce(OpenGap open) {
        long position = open.lastPosition();
        if (!hasRoom(position, GAP_BYTES)) {
            return false;
        }
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
        if (row > 0 || flights.last(row) > handled) {
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
        long done = gap == null ? handled : Math.min(handled, gap.firstPosition() - 1);
        progress.moveTo(flights.count() == 0 ? done : Math.min(done, flights.lowest() - 1));
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
