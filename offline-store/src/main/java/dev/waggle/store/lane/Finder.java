package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.RecordState;
import dev.waggle.store.rules.Remembered;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the states that a decision needs: in the cache, or in the storage as far as memory tells, and says which of them
 * only the disk knows.
 */
@RunsOn("committer")
final class Finder {
    /**
     * Looks into the storage per decision. Each costs microseconds even when memory has it, so a group of 1,000 whose
     * members are not cached is better read by the readers.
     */
    private static final int MOST_LOOKS = 8;

    private final StateCache cache;
    private final Set<Object> missing = new LinkedHashSet<>();
    private final List<Object> needed = new ArrayList<>();
    private @Nullable HeadReader memory;
    private int looks;

    Finder(StateCache cache) {
        this.cache = cache;
    }

    /** Takes a newly opened storage. */
    void use(Storage storage) {
        memory = HeadReader.inMemory(storage);
    }

    /** Forgets what the last decision missed. */
    void begin() {
        missing.clear();
        needed.clear();
        looks = 0;
    }

    /** Null if it is missing. */
    @Nullable
    ConversationState conversation(ConversationId id) throws StorageFailure {
        return (ConversationState) find(id);
    }

    /** Null if it is missing. */
    @Nullable
    InboxState inbox(UserId user) throws StorageFailure {
        return (InboxState) find(user);
    }

    /** Null if there is none or it is missing. */
    @Nullable
    Mark mark(MarkRef ref) throws StorageFailure {
        return find(ref) instanceof Mark mark ? mark : null;
    }

    /** Null if there is none or it is missing. */
    @Nullable
    Remembered remembered(KeyRef ref) throws StorageFailure {
        return find(ref) instanceof Remembered used ? used : null;
    }

    /** Null if it is missing. */
    @Nullable
    OwnSettings own(OwnRef ref) throws StorageFailure {
        return (OwnSettings) find(ref);
    }

    /** As {@link EntryRef} keeps it; null if there is none or it is missing. */
    Event.@Nullable LogEntry entry(EntryRef ref) throws StorageFailure {
        return find(ref) instanceof Event.LogEntry entry ? entry : null;
    }

    /** Null if it is missing. */
    @Nullable
    RecordState record(RecordKey key) throws StorageFailure {
        return (RecordState) find(key);
    }

    /** The inboxes that a conversation will need, looked for along with what is missing already. */
    void expect(ConversationId conversation) throws StorageFailure {
        if (conversation instanceof ConversationId.Direct direct) {
            find(direct.low());
            find(direct.high());
        }
    }

    boolean isMissing() {
        return !missing.isEmpty();
    }

    /** What only the disk knows. */
    Set<Object> missing() {
        return missing;
    }

    /** All that the decision asked for. */
    List<Object> needed() {
        return needed;
    }

    private @Nullable Object find(Object key) throws StorageFailure {
        needed.add(key);
        Object state = cache.get(key);
        if (state == null && memory != null && looks < MOST_LOOKS) {
            looks++;
            state = memory.read(key);
            // An unused key is as quickly looked for again, and most are never asked for again.
            if (state != null && !(key instanceof KeyRef)) {
                cache.put(key, state);
            }
        }
        if (state == null) {
            missing.add(key);
        }
        return state;
    }
}
