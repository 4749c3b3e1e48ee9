package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.InboxItem;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.Reads.ConversationSummary;
import dev.waggle.store.reads.StoreReads;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the queries tell of a user's conversations, against the logs, looked through one by one. */
final class SummaryCheck {
    private final Storage storage;
    private final LaneSimulation simulation;
    private final Map<ConversationId, List<Event.LogEntry>> logs;
    private final StoreReads reads;

    SummaryCheck(Storage storage, LaneSimulation simulation, Map<ConversationId, List<Event.LogEntry>> logs) {
        this.storage = storage;
        this.simulation = simulation;
        this.logs = logs;
        CurrentStorage current = new CurrentStorage();
        current.put(storage);
        this.reads = new StoreReads(current, Runnable::run, 4, () -> Instant.ofEpochMilli(simulation.ended));
    }

    void check(UserId user, String where) throws StorageFailure {
        unread(user, where);
        urgent(user, where);
    }

    /** Neither one's own messages count nor what is deleted, hidden or over. */
    private void unread(UserId user, String where) {
        Map<ConversationName, OwnSettings> owns =
                reads.own(user, 0, null).toCompletableFuture().join().changed();
        for (ConversationSummary summary : reads.inbox(user, null, null, 1_000)
                .toCompletableFuture()
                .join()
                .conversations()) {
            OwnSettings own = owns.getOrDefault(summary.conversation(), OwnSettings.NONE);
            List<Event.LogEntry> log = logs.get(summary.conversation().of(user));
            long unread = log.stream()
                    .filter(entry ->
                            entry.seq() > summary.read() && !entry.from().user().equals(user))
                    .filter(entry -> entry instanceof Event.MessageStored message
                            && (message.expiresAt() == 0 || message.expiresAt() > simulation.ended)
                            && !message.hiddenFrom().contains(user)
                            && !own.hidden().contains(message.seq()))
                    .count();
            assertThat(summary.unread())
                    .as(where + " unread in " + summary.conversation())
                    .isEqualTo(unread);
            assertThat(summary.last())
                    .as(where)
                    .isEqualTo(log.get(log.size() - 1).seq());
        }
    }

    /** A conversation goes first up to its last message of high priority, the others wait. */
    private void urgent(UserId user, String where) throws StorageFailure {
        TreeMap<Long, ConversationId> positions = new TreeMap<>();
        Map<ConversationId, Long> lastUrgent = new HashMap<>();
        boolean[] trimmed = {false};
        storage.scan(Table.INBOX, KeySchema.inbox(user), Direction.ASCENDING, (key, value) -> {
            if (InboxRows.decode(user, key, value) instanceof InboxRow.Pointer pointer) {
                positions.put(InboxRows.position(key), pointer.conversation());
                if (simulation.urgent.contains(pointer.conversation() + "#" + pointer.seq())) {
                    lastUrgent.put(pointer.conversation(), InboxRows.position(key));
                }
            } else {
                trimmed[0] = true;
            }
            return true;
        });
        if (!trimmed[0]) {
            positions.entrySet().removeIf(one -> one.getKey() > lastUrgent.getOrDefault(one.getValue(), 0L));
            assertThat(reads.urgent(user, 0, 512, 1 << 20).toCompletableFuture().join())
                    .as(where + " what goes first")
                    .extracting(InboxItem::position)
                    .containsExactlyElementsOf(positions.keySet());
        }
    }
}
