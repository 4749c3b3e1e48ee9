package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.Acquaintance;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose presence a user may see: who shares a conversation with it, allows it, and neither has blocked the other. */
final class AcquaintanceQuery {
    /** Groups of the viewer that are looked at; each may have a thousand members. */
    private static final int MOST_GROUPS = 256;

    private final StorageView view;
    private final UserId viewer;

    AcquaintanceQuery(StorageView view, UserId viewer) {
        this.view = view;
        this.viewer = viewer;
    }

    Map<UserId, Acquaintance> of(List<UserId> users) throws StorageFailure {
        UserSettings mine = AudienceQuery.settings(view, viewer);
        Map<UserId, Acquaintance> seen = new LinkedHashMap<>();
        Set<UserId> inGroups = inGroups(users);
        for (UserId user : users) {
            UserSettings theirs = AudienceQuery.settings(view, user);
            boolean allowed = theirs.showsPresence() && !theirs.blocks(viewer) && !mine.blocks(user);
            if (allowed && (inGroups.contains(user) || hasTalkedWith(user))) {
                seen.put(user, new Acquaintance(theirs, lastSeen(user)));
            }
        }
        return seen;
    }

    private boolean hasTalkedWith(UserId user) throws StorageFailure {
        ConversationName name = ConversationId.direct(viewer, user).seenBy(viewer);
        return view.get(Table.HEADS, KeySchema.mark(viewer, name)) != null;
    }

    private Set<UserId> inGroups(List<UserId> users) throws StorageFailure {
        List<GroupId> groups = new ArrayList<>();
        view.scan(Table.HEADS, KeySchema.marks(viewer), Direction.ASCENDING, (key, value) -> {
            if (KeySchema.markName(viewer, key).of(viewer) instanceof ConversationId.Group group) {
                groups.add(group.group());
            }
            return groups.size() < MOST_GROUPS;
        });
        Set<UserId> found = new HashSet<>();
        for (GroupId group : groups) {
            GroupRow row = GroupQuery.row(view, group);
            if (row != null && GroupQuery.member(row, viewer) != null) {
                for (UserId user : users) {
                    if (!found.contains(user) && GroupQuery.member(row, user) != null) {
                        found.add(user);
                    }
                }
            }
        }
        return found;
    }

    private long lastSeen(UserId user) throws StorageFailure {
        long[] latest = {0};
        view.scan(Table.HEADS, KeySchema.devices(user), Direction.ASCENDING, (key, value) -> {
            latest[0] = Math.max(latest[0], Rows.DEVICE.decode(key, value).lastSeen());
            return true;
        });
        return latest[0];
    }
}
