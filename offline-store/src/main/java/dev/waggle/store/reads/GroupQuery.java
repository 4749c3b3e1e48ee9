package dev.waggle.store.reads;

import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Standings;
import dev.waggle.store.Reads.GroupPage;
import dev.waggle.store.rules.ConversationRules;
import dev.waggle.store.rules.StandingsRules;
import dev.waggle.store.storage.GroupRow;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What members may know of their group. To others a group that exists looks like one that does not. */
final class GroupQuery {
    private GroupQuery() {}

    static Answer<GroupPage> page(
            StorageView view, UserId reader, GroupId group, @Nullable UserId after, int limit, long now)
            throws StorageFailure {
        GroupRow row = row(view, group);
        Member self = row == null ? null : member(row, reader);
        if (row == null || self == null) {
            return notMember();
        }
        List<Member> behind = row.members().stream()
                .filter(member -> after == null || member.user().compareTo(after) > 0)
                .toList();
        boolean more = behind.size() > limit;
        List<Member> page = more ? behind.subList(0, limit) : behind;
        Standings standings = after == null ? visible(StandingsRules.at(row.standings(), now), self) : Standings.NONE;
        return Answer.of(new GroupPage(group, row.settings(), self.role(), page, standings, more));
    }

    /** All, or, for those without the right, whether they are muted themselves. */
    private static Standings visible(Standings all, Member self) {
        if (GroupRight.BAR.has(self.role())) {
            return all;
        }
        Long until = all.muted().get(self.user());
        return until == null
                ? Standings.NONE
                : new Standings(
                        Standings.nobody(),
                        Standings.nobody(),
                        Standings.nobody(),
                        new TreeMap<>(Map.of(self.user(), until)));
    }

    /** The lowest seq that the user may read, or 0 if there is no such group or no such member. */
    static long viewBegins(StorageView view, GroupId group, UserId user) throws StorageFailure {
        GroupRow row = row(view, group);
        Member self = row == null ? null : member(row, user);
        if (row == null || self == null) {
            return 0;
        }
        return row.settings().history() == HistoryPolicy.ALL ? 1 : Math.max(1, self.firstSeq());
    }

    /** The member, or null if there is no such group or no such member. */
    static @Nullable Member member(StorageView view, GroupId group, UserId user) throws StorageFailure {
        GroupRow row = row(view, group);
        return row == null ? null : member(row, user);
    }

    static <T> Answer<T> notMember() {
        return Answer.refused(Refusal.NOT_MEMBER, ConversationRules.NOT_MEMBER);
    }

    static @Nullable GroupRow row(StorageView view, GroupId group) throws StorageFailure {
        byte[] key = KeySchema.group(group);
        byte[] value = view.get(Table.HEADS, key);
        return value == null ? null : Rows.GROUP.decode(key, value);
    }

    static @Nullable Member member(GroupRow row, UserId user) {
        for (Member member : row.members()) {
            if (member.user().equals(user)) {
                return member;
            }
        }
        return null;
    }
}
