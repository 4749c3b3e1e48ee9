package dev.waggle.store.check;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeyReader;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.KeyText;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Row;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import org.jspecify.annotations.Nullable;

/** Idempotency keys: the seq that each one answers is one of its conversation. */
final class KeysCheck {
    private final StorageView view;
    private final Findings findings;
    private @Nullable ConversationId conversation;
    private long end;
    private long keys;

    KeysCheck(StorageView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    void run() throws StorageFailure {
        view.scan(Table.KEYS, KeyRange.ALL, StorageView.Direction.ASCENDING, (key, value) -> {
            findings.of(() -> row(key, value));
            return true;
        });
    }

    long keys() {
        return keys;
    }

    private void row(byte[] key, byte[] value) throws StorageFailure {
        ConversationId of = new KeyReader(key).conversation();
        if (!of.equals(conversation)) {
            conversation = of;
            end = Long.MAX_VALUE;
            Row last = view.last(Table.LOG, KeySchema.log(of));
            end = last == null ? 0 : LogRows.seq(last.key());
        }
        keys++;
        long seq = seq(Rows.KEY.decode(key, value).reply());
        if (seq < 1 || seq > end) {
            findings.add("key " + KeyText.of(key) + ": answers entry " + seq + ", but " + of + " ends at " + end);
        }
    }

    private static long seq(Reply reply) {
        if (reply instanceof Reply.Sent sent) {
            return sent.seq();
        }
        if (reply instanceof Reply.GroupCreated created) {
            return created.seq();
        }
        if (reply instanceof Reply.MembersAdded added) {
            return added.seq();
        }
        if (reply instanceof Reply.MembersRemoved removed) {
            return removed.seq();
        }
        if (reply instanceof Reply.Edited edited) {
            return edited.seq();
        }
        if (reply instanceof Reply.Deleted deleted) {
            return deleted.seq();
        }
        return reply instanceof Reply.GroupLeft left ? left.seq() : 0;
    }
}
