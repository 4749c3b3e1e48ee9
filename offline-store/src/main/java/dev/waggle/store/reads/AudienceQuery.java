package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.Audience;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told of what is not kept, and what they have decided. */
final class AudienceQuery {
    private AudienceQuery() {}

    static Audience of(StorageView view, ConversationId conversation) throws StorageFailure {
        List<UserId> members = members(view, conversation);
        List<byte[]> keys = new ArrayList<>(members.size());
        for (UserId member : members) {
            keys.add(KeySchema.settings(member));
        }
        List<byte @Nullable []> rows = view.multiGet(Table.HEADS, keys);
        Map<UserId, UserSettings> settings = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            byte @Nullable [] row = rows.get(i);
            if (row != null) {
                settings.put(members.get(i), Rows.SETTINGS.decode(keys.get(i), row));
            }
        }
        return new Audience(members, settings);
    }

    /** What a user has decided. */
    static UserSettings settings(StorageView view, UserId user) throws StorageFailure {
        byte[] key = KeySchema.settings(user);
        byte @Nullable [] row = view.get(Table.HEADS, key);
        return row == null ? UserSettings.USUAL : Rows.SETTINGS.decode(key, row);
    }

    private static List<UserId> members(StorageView view, ConversationId conversation) throws StorageFailure {
        if (conversation instanceof ConversationId.Direct) {
            return ConversationState.none(conversation).recipients();
        }
        GroupRow row = GroupQuery.row(view, ((ConversationId.Group) conversation).group());
        return row == null
                ? List.of()
                : row.members().stream().map(Member::user).toList();
    }
}
