package dev.waggle.store.check;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.store.storage.InboxMeta;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inboxes: from the first position on there is an entry at each; below it are gaps alone; every entry points to one of
 * the log, and those of one conversation stand in order.
 */
final class InboxCheck {
    /** Log rows fetched at once; each may have the largest body. */
    private static final int CHUNK = 64;

    private final StorageView view;
    private final Findings findings;
    private final List<InboxRow.Pointer> waiting = new ArrayList<>();
    private final Map<ConversationId, Long> lastSeqs = new HashMap<>();
    private @Nullable UserId user;
    /** Of the inbox that is being read: below it are gaps alone. */
    private long first;
    /** The position that should come next. */
    private long next;

    private long inboxes;
    private long pointers;

    InboxCheck(StorageView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    void run() throws StorageFailure {
        view.scan(Table.INBOX, KeyRange.ALL, StorageView.Direction.ASCENDING, (key, value) -> {
            findings.of(() -> row(key, value));
            return true;
        });
        resolve();
    }

    long inboxes() {
        return inboxes;
    }

    long pointers() {
        return pointers;
    }

    private void row(byte[] key, byte[] value) throws StorageFailure {
        KeyReader parts = new KeyReader(key);
        UserId owner = parts.user();
        long position = parts.lastNumber();
        if (!owner.equals(user)) {
            begin(owner);
        }
        if (position >= next) {
            if (position > next) {
                findings.add("inbox of " + owner + ": positions " + next + " to " + (position - 1) + " are missing");
            }
            next = position + 1;
        }
        InboxRow row = InboxRows.decode(owner, key, value);
        boolean below = position < first;
        if (row instanceof InboxRow.Gap gap) {
            if (!below || gap.from() > gap.to()) {
                findings.add("inbox of " + owner + ": the gap at position " + position + " does not belong there");
            }
            return;
        }
        InboxRow.Pointer pointer = (InboxRow.Pointer) row;
        pointers++;
        if (below) {
            findings.add("inbox of " + owner + ": the entry at position " + position + " was trimmed");
        }
        Long before = lastSeqs.put(pointer.conversation(), pointer.seq());
        if (before != null && before >= pointer.seq()) {
            findings.add("inbox of " + owner + ": position " + position + " has entry " + pointer.seq() + " of "
                    + pointer.conversation() + " behind entry " + before);
        }
        waiting.add(pointer);
        if (waiting.size() == CHUNK) {
            resolve();
        }
    }

    private void begin(UserId owner) throws StorageFailure {
        resolve();
        user = owner;
        inboxes++;
        lastSeqs.clear();
        first = 1;
        next = 1;
        byte[] key = KeySchema.inboxMeta(owner);
        byte[] meta = view.get(Table.HEADS, key);
        first = (meta == null ? InboxMeta.NONE : Rows.INBOX_META.decode(key, meta)).firstPosition();
        next = first;
    }

    /** Looks whether what the inbox points to is there. */
    private void resolve() throws StorageFailure {
        List<InboxRow.Pointer> asked = List.copyOf(waiting);
        waiting.clear();
        List<byte[]> keys = new ArrayList<>(asked.size());
        for (InboxRow.Pointer pointer : asked) {
            keys.add(KeySchema.log(pointer.conversation(), pointer.seq()));
        }
        List<byte @Nullable []> rows = view.multiGet(Table.LOG, keys);
        for (int i = 0; i < asked.size(); i++) {
            if (rows.get(i) == null && !wasTrimmed(asked.get(i))) {
                findings.add("inbox of " + user + ": points to entry "
                        + asked.get(i).seq() + " of " + asked.get(i).conversation() + ", which is not there");
            }
        }
    }

    /** The oldest entries of a conversation go, whoever points to them: who does gets a gap. */
    private boolean wasTrimmed(InboxRow.Pointer pointer) throws StorageFailure {
        boolean[] before = {false};
        KeyRange kept = KeySchema.log(pointer.conversation());
        view.scan(Table.LOG, kept, StorageView.Direction.ASCENDING, (key, value) -> {
            before[0] = pointer.seq() < LogRows.seq(key);
            return false;
        });
        return before[0];
    }
}
