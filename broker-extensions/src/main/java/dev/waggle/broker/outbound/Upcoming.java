package dev.waggle.broker.outbound;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next items of the inbox for one device, in order, in bounded memory. While the device keeps up they come from the
 * commits; what does not fit is forgotten and read in pages when there is room again.
 */
@RunsOn("connection")
final class Upcoming {
    /** Items and bytes of one page, and of each of the two queues. */
    static final int PAGE_ITEMS = 64;

    static final int PAGE_BYTES = 64 * 1024;

    /** A page is asked for when fewer items are left: reading and sending overlap. */
    private static final int LOW = 16;

    private static final int OVERHEAD = 128;

    /** What comes next, without holes up to {@link #loaded}. */
    private final ArrayDeque<InboxItem> next = new ArrayDeque<>(0);

    /** The youngest entries without holes up to {@link #end}, while they cannot be joined to {@link #next} yet. */
    private final ArrayDeque<InboxItem> recent = new ArrayDeque<>(0);

    private int nextBytes;
    private int recentBytes;
    private long loaded;
    private long end;
    private boolean reading;
    private long readingUpTo;
    /** What was said of earlier messages while a page was being read, which may hold them as they were. */
    private final ArrayDeque<Event.LogEntry> meanwhile = new ArrayDeque<>(0);
    /** Too much was said meanwhile, or nobody knows what: the page that is being read is of no use. */
    private boolean stale;

    /** Starts behind a position of an inbox that ends at another. */
    void begin(long after, long inboxEnd) {
        next.clear();
        recent.clear();
        nextBytes = 0;
        recentBytes = 0;
        loaded = after;
        end = Math.max(end, inboxEnd);
    }

    /** An entry was committed; each is one position above the last. Before {@link #begin} only its place is noted. */
    void arrived(long position, Event.LogEntry entry, boolean begun) {
        if (Afterwards.concernsOthers(entry)) {
            changed(entry);
        }
        if (position <= end) {
            return;
        }
        boolean gapless = position == end + 1;
        end = position;
        if (!begun) {
            return;
        }
        InboxItem.Entry item = new InboxItem.Entry(position, entry);
        if (!reading && recent.isEmpty() && position == loaded + 1 && hasSpace()) {
            append(item);
            return;
        }
        if (!gapless) {
            recent.clear();
            recentBytes = 0;
        }
        recent.add(item);
        recentBytes += weight(item);
        while (recent.size() > PAGE_ITEMS || recentBytes > PAGE_BYTES) {
            recentBytes -= weight(recent.remove());
        }
    }

    /** An earlier message has another body, or none: what waits here must not go out as it was. */
    void changed(Event.LogEntry change) {
        nextBytes = Afterwards.apply(change, next);
        recentBytes = Afterwards.apply(change, recent);
        if (reading) {
            meanwhile.add(change);
            if (meanwhile.size() > PAGE_ITEMS) {
                meanwhile.clear();
                stale = true;
            }
        }
    }

    /** Something may have been missed: what waits is read again, from behind the position that was dealt with last. */
    void again(long handled, long inboxEnd) {
        begin(handled, inboxEnd);
        stale = reading;
    }

    /** The inbox ends at this position or above; what has not arrived is read. */
    void endsAt(long inboxEnd) {
        end = Math.max(end, inboxEnd);
    }

    @Nullable
    InboxItem peek() {
        if (next.isEmpty()) {
            join();
        }
        return next.peek();
    }

    void remove() {
        nextBytes -= weight(next.remove());
    }

    /** Nobody wants what is not loaded: it need not be read. */
    void skipUnloaded() {
        if (next.isEmpty()) {
            recent.clear();
            recentBytes = 0;
            loaded = end;
        }
    }

    /** True if there is nothing more, neither here nor in the store. */
    boolean isExhausted() {
        return next.isEmpty() && loaded >= end;
    }

    /** Everything at or below it was here. */
    long loaded() {
        return loaded;
    }

    /** True if a page should be read now; the caller then reads it and tells {@link #page} or {@link #pageFailed}. */
    boolean startReading() {
        join();
        if (reading || loaded >= end || next.size() > LOW || nextBytes > PAGE_BYTES / 2) {
            return false;
        }
        reading = true;
        readingUpTo = end;
        return true;
    }

    /** The items above {@link #loaded} as it was when the page was asked for. */
    void page(List<InboxItem> items) {
        reading = false;
        if (stale) {
            stale = false;
            meanwhile.clear();
            return;
        }
        ArrayDeque<InboxItem> page = new ArrayDeque<>(items);
        meanwhile.forEach(change -> Afterwards.apply(change, page));
        meanwhile.clear();
        for (InboxItem item : page) {
            if (item.position() > loaded) {
                append(item);
            }
        }
        if (items.isEmpty()) {
            loaded = Math.max(loaded, readingUpTo);
        }
        end = Math.max(end, loaded);
        join();
    }

    void pageFailed() {
        reading = false;
        stale = false;
        meanwhile.clear();
    }

    static int weight(InboxItem item) {
        return item instanceof InboxItem.Entry entry && entry.entry() instanceof Event.MessageStored message
                ? OVERHEAD + message.body().size()
                : OVERHEAD;
    }

    private void join() {
        while (!recent.isEmpty()) {
            InboxItem first = recent.element();
            boolean fits = first.position() == loaded + 1 && hasSpace() && !reading;
            if (first.position() > loaded && !fits) {
                return;
            }
            recentBytes -= weight(recent.remove());
            if (first.position() > loaded) {
                append(first);
            }
        }
    }

    private void append(InboxItem item) {
        next.add(item);
        nextBytes += weight(item);
        loaded = item.position();
    }

    private boolean hasSpace() {
        return next.size() < PAGE_ITEMS && nextBytes < PAGE_BYTES;
    }
}
