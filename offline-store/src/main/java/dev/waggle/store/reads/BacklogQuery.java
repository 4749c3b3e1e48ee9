package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The next items of one inbox. */
final class BacklogQuery {
    /** Log rows fetched at once: about a window of a device, so that little is read in vain behind the last one. */
    private static final int CHUNK = 32;

    private final StorageView view;
    private final UserId user;
    private final Map<ConversationId, OwnSettings> owns = new HashMap<>();

    BacklogQuery(StorageView view, UserId user) {
        this.view = view;
        this.user = user;
    }

    /** What stands at a position: a pointer into a log, or a gap. */
    private record Slot(long position, InboxRow row) {
        ConversationId conversation() {
            return row instanceof InboxRow.Gap gap ? gap.conversation() : ((InboxRow.Pointer) row).conversation();
        }
    }

    List<InboxItem> after(long position, int maxItems, int maxBytes) throws StorageFailure {
        return items(slots(position, slot -> true, Long.MAX_VALUE, maxItems), maxBytes);
    }

    /**
     * Only those of conversations in which a message of high priority waits, each conversation up to its last one. Without
     * any this is one look at an empty range.
     */
    List<InboxItem> urgent(long position, int maxItems, int maxBytes) throws StorageFailure {
        Map<ConversationId, Long> upTo = new HashMap<>();
        view.scan(Table.HEADS, KeySchema.urgent(user), StorageView.Direction.ASCENDING, (key, value) -> {
            long last = Rows.URGENT.decode(key, value).position();
            if (last > position) {
                upTo.put(KeySchema.markName(user, key).of(user), last);
            }
            return true;
        });
        if (upTo.isEmpty()) {
            return List.of();
        }
        long end = Collections.max(upTo.values());
        return items(
                slots(position, slot -> slot.position <= upTo.getOrDefault(slot.conversation(), 0L), end + 1, maxItems),
                maxBytes);
    }

    private List<InboxItem> items(List<Slot> slots, int maxBytes) throws StorageFailure {
        List<InboxItem> items = new ArrayList<>(slots.size());
        long room = maxBytes;
        for (int from = 0; from < slots.size() && room > 0; from += CHUNK) {
            room = resolve(slots.subList(from, Math.min(slots.size(), from + CHUNK)), items, room);
        }
        return items;
    }

    private List<Slot> slots(long after, Predicate<Slot> wanted, long end, int most) throws StorageFailure {
        List<Slot> slots = new ArrayList<>();
        view.scan(Table.INBOX, KeySchema.inbox(user, after + 1, end), StorageView.Direction.ASCENDING, (key, value) -> {
            Slot slot = new Slot(InboxRows.position(key), InboxRows.decode(user, key, value));
            if (wanted.test(slot)) {
                slots.add(slot);
            }
            return slots.size() < most;
        });
        return slots;
    }

    /**
     * Turns slots into items until the room is used up.
     *
     * @return the room that is left, 0 or less if there is none
     */
    private long resolve(List<Slot> slots, List<InboxItem> items, long room) throws StorageFailure {
        List<byte[]> keys = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.row instanceof InboxRow.Pointer pointer) {
                keys.add(KeySchema.log(pointer.conversation(), pointer.seq()));
            }
        }
        List<byte @Nullable []> values = view.multiGet(Table.LOG, keys);
        long left = room;
        int next = 0;
        for (Slot slot : slots) {
            if (slot.row instanceof InboxRow.Gap gap) {
                items.add(new InboxItem.Missing(slot.position, gap.conversation(), gap.from(), gap.to()));
            } else {
                byte @Nullable [] value = values.get(next);
                items.add(item(slot.position, (InboxRow.Pointer) slot.row, keys.get(next), value));
                left -= value == null ? 0 : value.length;
                next++;
            }
            if (left <= 0) {
                break;
            }
        }
        return left;
    }

    private InboxItem item(long position, InboxRow.Pointer pointer, byte[] key, byte @Nullable [] value)
            throws StorageFailure {
        if (value == null) {
            return new InboxItem.Missing(position, pointer.conversation(), pointer.seq(), pointer.seq());
        }
        Event.LogEntry entry = LogRows.decode(pointer.conversation(), key, value);
        return new InboxItem.Entry(position, own(pointer.conversation()).hides(entry) ? hidden(entry) : entry);
    }

    /** Read once for each conversation of the page. */
    private OwnSettings own(ConversationId conversation) throws StorageFailure {
        OwnSettings known = owns.get(conversation);
        if (known == null) {
            known = OwnQuery.of(view, user, conversation);
            owns.put(conversation, known);
        }
        return known;
    }

    /** For this user it is as if it were erased. */
    private static Event.MessageErased hidden(Event.LogEntry entry) {
        return new Event.MessageErased(
                entry.conversation(),
                entry.seq(),
                entry.ts(),
                entry.from(),
                entry.device(),
                entry instanceof Event.MessageEdited);
    }
}
