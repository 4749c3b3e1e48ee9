package dev.waggle.broker.outbound;

import dev.waggle.spec.Author;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import java.util.ArrayDeque;

/** What an edit or a deletion makes of messages that wait to go out: the same as the store has made of its own. */
final class Afterwards {
    private Afterwards() {}

    /** True for an entry that says something of earlier ones. */
    static boolean concernsOthers(Event.LogEntry entry) {
        return entry instanceof Event.MessageEdited || entry instanceof Event.MessagesDeleted;
    }

    /** For the user's devices hidden messages are as if they were deleted now. */
    static Event.MessagesDeleted hiding(Event.OwnChanged changed) {
        return new Event.MessagesDeleted(
                changed.conversation(),
                0,
                changed.own().at(),
                Author.of(changed.user()),
                changed.by(),
                changed.own().hidden());
    }

    /**
     * Puts others in the place of the items that a change concerns.
     *
     * @return the weight of all items
     */
    static int apply(Event.LogEntry change, ArrayDeque<InboxItem> items) {
        int weight = 0;
        for (int i = items.size(); i > 0; i--) {
            InboxItem item = items.remove();
            InboxItem now = item instanceof InboxItem.Entry entry ? of(change, entry) : item;
            weight += Upcoming.weight(now);
            items.add(now);
        }
        return weight;
    }

    private static InboxItem of(Event.LogEntry change, InboxItem.Entry item) {
        Event.LogEntry entry = item.entry();
        if (!entry.conversation().equals(change.conversation())) {
            return item;
        }
        if (change instanceof Event.MessageEdited edited) {
            if (edited.hiddenFrom().isShadow() && !entry.hiddenFrom().isShadow()) {
                return item; // only its author sees the edit: the message is to others what it was
            }
            if (entry instanceof Event.MessageStored message && message.seq() == edited.target()) {
                return with(item, message.edited(edited.body(), new Event.Edit(edited.seq(), edited.ts())));
            }
            return isEarlierEdit(entry, edited.target(), edited.seq()) ? with(item, erased(entry, true)) : item;
        }
        SeqRanges gone = ((Event.MessagesDeleted) change).seqs();
        if (entry instanceof Event.MessageStored && gone.contains(entry.seq())) {
            return with(item, erased(entry, false));
        }
        return entry instanceof Event.MessageEdited edit && gone.contains(edit.target())
                ? with(item, erased(entry, true))
                : item;
    }

    private static boolean isEarlierEdit(Event.LogEntry entry, long target, long seq) {
        return entry instanceof Event.MessageEdited edit && edit.target() == target && edit.seq() < seq;
    }

    private static InboxItem with(InboxItem.Entry item, Event.LogEntry now) {
        return new InboxItem.Entry(item.position(), now);
    }

    private static Event.MessageErased erased(Event.LogEntry entry, boolean edit) {
        return new Event.MessageErased(
                entry.conversation(), entry.seq(), entry.ts(), entry.from(), entry.device(), edit);
    }
}
