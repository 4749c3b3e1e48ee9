package dev.waggle.store.reads;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.UserSettings;
import dev.waggle.store.Reads.ChangedMarks;
import dev.waggle.store.Reads.MarkPage;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks that changed while a user's device was away, conversation by conversation. */
final class MarksQuery {
    /** Conversations looked at for one page; a user with more asks again. */
    private static final int CONVERSATIONS = 128;

    private final StorageView view;
    private final UserId user;
    private final long since;
    private final int mostMembers;
    private UserSettings settings = UserSettings.USUAL;

    MarksQuery(StorageView view, UserId user, long since, int mostMembers) {
        this.view = view;
        this.user = user;
        this.since = since;
        this.mostMembers = mostMembers;
    }

    private record Mine(ConversationName conversation, Mark mark) {}

    MarkPage page(@Nullable ConversationName after) throws StorageFailure {
        List<Mine> mine = new ArrayList<>();
        view.scan(Table.HEADS, KeySchema.marksBehind(user, after), Direction.ASCENDING, (key, value) -> {
            mine.add(new Mine(KeySchema.markName(user, key), Rows.MARK.decode(key, value)));
            return mine.size() < CONVERSATIONS;
        });
        settings = AudienceQuery.settings(view, user);
        List<ChangedMarks> changed = new ArrayList<>();
        for (Mine one : mine) {
            ChangedMarks marks = changed(one);
            if (marks != null) {
                changed.add(marks);
            }
        }
        return new MarkPage(
                changed,
                mine.size() < CONVERSATIONS ? null : mine.get(mine.size() - 1).conversation());
    }

    private @Nullable ChangedMarks changed(Mine mine) throws StorageFailure {
        ConversationId conversation = mine.conversation().of(user);
        Map<UserId, Mark> changed = new LinkedHashMap<>();
        if (mine.mark().readAt() > since) {
            changed.put(user, mine.mark());
        }
        int members = 2;
        if (conversation instanceof ConversationId.Direct direct) {
            take(direct.low().equals(user) ? direct.high() : direct.low(), conversation, changed);
        } else {
            members = ofGroup((ConversationId.Group) conversation, changed);
        }
        return changed.isEmpty() || members == 0 ? null : new ChangedMarks(mine.conversation(), members, changed);
    }

    /** @return how many members it has, 0 if the user is none of them */
    private int ofGroup(ConversationId.Group group, Map<UserId, Mark> changed) throws StorageFailure {
        byte[] key = KeySchema.groupMarks(group.group());
        byte[] value = view.get(Table.HEADS, key);
        boolean any = value != null && Rows.GROUP_MARKS.decode(key, value) > since;
        if (!any && changed.isEmpty()) {
            return 0;
        }
        GroupRow row = GroupQuery.row(view, group.group());
        if (row == null || GroupQuery.member(row, user) == null) {
            return 0;
        }
        if (any && row.members().size() <= mostMembers) {
            for (Member member : row.members()) {
                take(member.user(), group, changed);
            }
        }
        return row.members().size();
    }

    private void take(UserId other, ConversationId conversation, Map<UserId, Mark> changed) throws StorageFailure {
        if (other.equals(user) || settings.blocks(other)) {
            return;
        }
        byte[] key = KeySchema.mark(other, conversation.seenBy(other));
        byte[] value = view.get(Table.HEADS, key);
        Mark mark = value == null ? null : Rows.MARK.decode(key, value);
        if (mark != null && mark.shownAt() > since) {
            changed.put(other, mark);
        }
    }
}
