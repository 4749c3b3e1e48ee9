package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.store.Reads.OwnPage;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users have set for conversations. */
final class OwnQuery {
    /** Rows looked at for one page. */
    private static final int PAGE_ROWS = 1_000;

    private OwnQuery() {}

    static OwnSettings of(StorageView view, UserId user, ConversationId conversation) throws StorageFailure {
        byte[] key = KeySchema.own(user, conversation.seenBy(user));
        byte[] row = view.get(Table.HEADS, key);
        return row == null ? OwnSettings.NONE : Rows.OWN.decode(key, row);
    }

    static OwnPage page(StorageView view, UserId user, long since, @Nullable ConversationName after)
            throws StorageFailure {
        Map<ConversationName, OwnSettings> changed = new LinkedHashMap<>();
        int[] rows = {0};
        ConversationName[] last = new ConversationName[1];
        boolean[] more = {false};
        KeyRange all = KeySchema.owns(user);
        byte[] from = all.from();
        if (after != null) {
            byte[] key = KeySchema.own(user, after);
            from = Arrays.copyOf(key, key.length + 1);
        }
        view.scan(Table.HEADS, new KeyRange(from, all.to()), Direction.ASCENDING, (key, value) -> {
            if (rows[0]++ == PAGE_ROWS) {
                more[0] = true;
                return false;
            }
            last[0] = KeySchema.markName(user, key);
            OwnSettings own = Rows.OWN.decode(key, value);
            if (own.at() > since) {
                changed.put(last[0], own);
            }
            return true;
        });
        return new OwnPage(changed, more[0] ? last[0] : null);
    }
}
