package dev.waggle.store.check;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Event;
import dev.waggle.store.rules.ConversationRules;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.GroupState;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import org.jspecify.annotations.Nullable;

/**
 * Conversations: seqs have no holes from the first that is there, times never fall, and the members that follow from the events of a
 * group are those of its row.
 */
final class LogCheck {
    private final StorageView view;
    private final Findings findings;
    private @Nullable ConversationState state;
    /** Something of this conversation is missing: what follows from all of it cannot be compared. */
    private boolean incomplete;

    private long conversations;
    private long entries;

    LogCheck(StorageView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    void run() throws StorageFailure {
        view.scan(Table.LOG, KeyRange.ALL, StorageView.Direction.ASCENDING, (key, value) -> {
            findings.of(() -> entry(key, value));
            return true;
        });
        end();
    }

    long conversations() {
        return conversations;
    }

    long entries() {
        return entries;
    }

    private void entry(byte[] key, byte[] value) throws StorageFailure {
        KeyReader parts = new KeyReader(key);
        ConversationId conversation = parts.conversation();
        long seq = parts.lastNumber();
        entries++;
        ConversationState before = state;
        if (before == null || !before.id().equals(conversation)) {
            end();
            conversations++;
            // The oldest entries may have gone; then nobody knows what followed from them.
            incomplete = seq > 1;
            before = new ConversationState(conversation, seq - 1, 0, null);
        }
        if (seq != before.lastSeq() + 1) {
            incomplete = true;
            findings.add(conversation + ": entries " + (before.lastSeq() + 1) + " to " + (seq - 1) + " are missing");
        }
        state = new ConversationState(conversation, seq, before.lastTs(), before.group());
        Event.LogEntry entry;
        try {
            entry = LogRows.decode(conversation, key, value);
        } catch (StorageFailure damaged) {
            incomplete = true;
            throw damaged;
        }
        if (entry.ts() < before.lastTs()) {
            findings.add(conversation + ": entry " + seq + " is older than the one before it");
        }
        state = ConversationRules.apply(before, entry);
    }

    /** The last entry of a conversation has come. */
    private void end() throws StorageFailure {
        ConversationState last = state;
        state = null;
        if (last == null || incomplete || !(last.id() instanceof ConversationId.Group group)) {
            return;
        }
        byte[] key = KeySchema.group(group.group());
        byte[] row = view.get(Table.HEADS, key);
        if (row == null) {
            findings.add(last.id() + ": has entries, but no row with its members");
            return;
        }
        GroupRow found = Rows.GROUP.decode(key, row);
        if (!new GroupState(found.settings(), found.members(), found.standings()).equals(last.group())) {
            findings.add(last.id() + ": its row has other members or settings than its entries say");
        }
    }
}
