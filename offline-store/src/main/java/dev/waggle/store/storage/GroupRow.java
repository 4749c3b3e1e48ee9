package dev.waggle.store.storage;

import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Standings;
import java.util.List;

/**
 * A group. The row stays when the last member has left and when it was dissolved: the id is never used again.
 *
 * @param members in order of their ids
 */
public record GroupRow(GroupSettings settings, List<Member> members, Standings standings) {
    public GroupRow {
        members = List.copyOf(members);
    }
}
