package dev.waggle.store.storage;

import dev.waggle.spec.message.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group. The row stays when the last member has left: the id is never used again.
 *
 * @param name shown to people, or null
 * @param members in order of their ids
 */
public record GroupRow(@Nullable String name, List<Member> members) {
    public GroupRow {
        members = List.copyOf(members);
    }
}
