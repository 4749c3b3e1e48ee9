package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.store.rules.Remembered;
import dev.waggle.store.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is decided and not yet durable: one write, then what listeners and tickets are told. */
@RunsOn("committer")
final class Group {
    final WriteSet writes = new WriteSet();
    /** In the order in which they were decided. */
    final List<Queued> decided = new ArrayList<>();
    /** Keys used in the group: later ones look here, because the storage has them only after the write. */
    final Map<KeyRef, Remembered> used = new HashMap<>();

    private List<Event.OfInbox> told = new ArrayList<>();
    private boolean sync;

    /** Something in the group must survive a power cut. */
    void mustSync() {
        sync = true;
    }

    boolean sync() {
        return sync;
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
        told = new ArrayList<>();
        sync = false;
    }
}
