package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.Reads.HistoryPage;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of one conversation as one reader may see it. Messages that have expired, and those that the
 * reader has hidden, are left out. */
final class HistoryQuery {
    /** Bytes of rows after which a page ends: as base64 in JSON it still fits into the largest packet. */
    private static final int MOST_BYTES = 512 << 10;

    private final StorageView view;
    private final UserId reader;
    private final ConversationId conversation;
    private final long now;

    HistoryQuery(StorageView view, UserId reader, ConversationId conversation, long now) {
        this.view = view;
        this.reader = reader;
        this.conversation = conversation;
        this.now = now;
    }

    Answer<HistoryPage> page(@Nullable Long before, @Nullable Long after, int limit) throws StorageFailure {
        long viewBegins = viewBegins();
        if (viewBegins == 0) {
            return GroupQuery.notMember();
        }
        Row lastRow = view.last(Table.LOG, KeySchema.log(conversation));
        long last = lastRow == null ? 0 : LogRows.seq(lastRow.key());
        long first = firstFrom(viewBegins);
        if (first == 0) {
            return Answer.of(new HistoryPage(List.of(), 0, last, false));
        }
        long low = Math.max(first, after == null ? 1 : behind(after));
        long high = before == null ? last + 1 : Math.min(last + 1, before);
        return Answer.of(page(first, last, low, high, after != null, limit));
    }

    Answer<HistoryPage> byTime(@Nullable Long beforeTs, @Nullable Long afterTs, int limit) throws StorageFailure {
        Long before = beforeTs == null ? null : firstNotBefore(beforeTs);
        Long after = afterTs == null ? null : firstNotBefore(afterTs == Long.MAX_VALUE ? afterTs : afterTs + 1) - 1;
        return page(before, after, limit);
    }

    /** The lowest seq whose time is not before this one; one above the last if there is none. Times never fall. */
    private long firstNotBefore(long ts) throws StorageFailure {
        Row lastRow = view.last(Table.LOG, KeySchema.log(conversation));
        long low = firstFrom(0);
        long high = lastRow == null ? 1 : LogRows.seq(lastRow.key()) + 1;
        while (low > 0 && low < high) {
            long middle = low + (high - low) / 2;
            byte[] key = KeySchema.log(conversation, middle);
            byte[] row = view.get(Table.LOG, key);
            if (row == null || LogRows.decode(conversation, key, row).ts() < ts) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The reader's first seq, or 0 if the conversation is none of the reader's. */
    private long viewBegins() throws StorageFailure {
        if (conversation instanceof ConversationId.Direct direct) {
            return direct.has(reader) ? 1 : 0;
        }
        return GroupQuery.viewBegins(view, ((ConversationId.Group) conversation).group(), reader);
    }

    /** The lowest seq at or above this one that is still there, or 0. */
    private long firstFrom(long seq) throws StorageFailure {
        long[] found = {0};
        view.scan(Table.LOG, KeySchema.log(conversation, seq, Long.MAX_VALUE), Direction.ASCENDING, (key, value) -> {
            found[0] = LogRows.seq(key);
            return false;
        });
        return found[0];
    }

    private HistoryPage page(long first, long last, long low, long high, boolean ascending, int limit)
            throws StorageFailure {
        if (low >= high) {
            return new HistoryPage(List.of(), first, last, false);
        }
        Collected page = new Collected(limit, OwnQuery.of(view, reader, conversation));
        KeyRange range = KeySchema.log(conversation, low, high);
        view.scan(Table.LOG, range, ascending ? Direction.ASCENDING : Direction.DESCENDING, page::take);
        if (!ascending) {
            Collections.reverse(page.entries);
        }
        boolean more = page.full && (ascending ? page.reached < high - 1 : page.reached > low);
        return new HistoryPage(page.entries, first, last, more);
    }

    private static long behind(long seq) {
        return seq < 0 ? 1 : seq == Long.MAX_VALUE ? seq : seq + 1;
    }

    /** Rows of a page as they come. */
    private final class Collected {
        private final List<Event.LogEntry> entries = new ArrayList<>();
        private final int limit;
        private final OwnSettings own;
        private long bytes;
        private long reached;
        private boolean full;

        Collected(int limit, OwnSettings own) {
            this.limit = limit;
            this.own = own;
        }

        boolean take(byte[] key, byte[] value) throws StorageFailure {
            Event.LogEntry entry = LogRows.decode(conversation, key, value);
            reached = entry.seq();
            if (!Expiry.isOver(entry, now)
                    && !own.hides(entry)
                    && !entry.hiddenFrom().contains(reader)) {
                entries.add(entry);
                bytes += value.length;
            }
            full = entries.size() >= limit || bytes >= MOST_BYTES;
            return !full;
        }
    }
}
