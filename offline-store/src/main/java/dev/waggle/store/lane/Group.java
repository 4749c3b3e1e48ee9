package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.store.rules.Remembered;
import dev.waggle.store.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is decided and not yet durable: one write, then what listeners and tickets are told. */
@RunsOn("committer")
final class Group {
    final WriteSet writes = new WriteSet();
    /** In the order in which they were decided. */
    final List<Queued> decided = new ArrayList<>();
    /** Keys used in the group: later ones look here, because the storage has them only after the write. */
    final Map<KeyRef, Remembered> used = new HashMap<>();

    /** Entries that the group adds to logs: who edits or deletes one of them before the write finds it here. */
    private final List<Event.LogEntry> entries = new ArrayList<>();

    private List<Event.OfInbox> told = new ArrayList<>();
    private boolean sync;

    /** Something in the group must survive a power cut. */
    void mustSync() {
        sync = true;
    }

    boolean sync() {
        return sync;
    }

    void added(Event.LogEntry entry) {
        entries.add(entry);
    }

    /** The entry as it was added, or null if the group adds none such. */
    Event.@Nullable LogEntry entry(EntryRef ref) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Event.LogEntry entry = entries.get(i);
            if (entry.seq() == ref.seq() && entry.conversation().equals(ref.conversation())) {
                return entry;
            }
        }
        return null;
    }

    void tell(Event.OfInbox event) {
        told.add(event);
    }

    /** The events for listeners; theirs from then on. */
    List<Event.OfInbox> told() {
        return told;
    }

    boolean isFull(LaneLimits limits) {
        return decided.size() >= limits.groupCommands() || writes.bytes() >= limits.groupBytes();
    }

    void clear() {
        writes.clear();
        decided.clear();
        used.clear();
        entries.clear();
        told = new ArrayList<>();
        sync = false;
    }
}
