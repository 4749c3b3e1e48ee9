package dev.waggle.broker.outbound;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Items that go out before their turn: those of conversations in which a message of high priority waits (PROTOCOL §4).
 * They are read from the store, a page at a time, and left to their turn where that fails or where they are too many.
 */
@RunsOn("connection")
final class Express {
    /**
     * Positions dealt with before their turn, at a time: half of those that a device's record can remember above its
     * cursor, so that acknowledgements out of order find room there too.
     */
    static final int MOST_AHEAD = 128;

    private final ArrayDeque<InboxItem> due = new ArrayDeque<>();
    /** Positions that were dealt with and that the usual order has not come to yet. */
    private final Set<Long> ahead = new HashSet<>();

    private boolean wanted = true;
    private boolean reading;
    /** What is being read may be other than it was, or not all of it. */
    private boolean stale;
    /** Where the next page begins, if that is further than what was dealt with in turn. */
    private long readUpTo;

    /** Something more is urgent. */
    void want() {
        wanted = true;
        stale = reading;
        readUpTo = 0;
    }

    /** Earlier messages have another body, or none. */
    void changed(Event.LogEntry change) {
        Afterwards.apply(change, due);
        if (reading) {
            want();
        }
    }

    /** True if a page should be read now, behind {@link #readAfter}; {@link #page} or {@link #giveUp} follows. */
    boolean startReading() {
        if (!wanted || reading || !due.isEmpty()) {
            return false;
        }
        wanted = false;
        reading = ahead.size() < MOST_AHEAD;
        return reading;
    }

    long readAfter(long handled) {
        return Math.max(handled, readUpTo);
    }

    boolean isReading() {
        return reading;
    }

    void page(List<InboxItem> items) {
        reading = false;
        if (stale) {
            stale = false;
            return;
        }
        due.addAll(items);
        if (!items.isEmpty()) {
            readUpTo = items.get(items.size() - 1).position();
            wanted = true;
        }
    }

    /** What could not be read, or is too much, comes in its turn. */
    void giveUp() {
        reading = false;
        stale = false;
        wanted = false;
        due.clear();
    }

    @Nullable
    InboxItem peek() {
        return due.peek();
    }

    /** The first was dealt with, or need not be. */
    void remove() {
        due.remove();
    }

    /** The first was dealt with before its turn. */
    void removeAhead() {
        ahead.add(due.remove().position());
        if (ahead.size() >= MOST_AHEAD) {
            giveUp();
        }
    }

    boolean isAhead(long position) {
        return ahead.contains(position);
    }

    /** The usual order has come to this position. */
    void passed(long position) {
        ahead.remove(position);
    }

    /** True if there is nothing more to do before its turn, and nothing to remember. */
    boolean isOver() {
        return !wanted && !reading && due.isEmpty() && ahead.isEmpty();
    }
}
