package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Name and members of a group. Immutable; a message in the group does not touch it. */
public final class GroupState {
    private static final Comparator<Member> STANDING =
            Comparator.comparing(Member::role).thenComparing(Member::firstSeq).thenComparing(Member::user);

    private final @Nullable String name;
    private final List<Member> members;
    private final List<UserId> users;

    /**
     * @param members in order of their ids
     */
    public GroupState(@Nullable String name, List<Member> members) {
        this.name = name;
        this.members = List.copyOf(members);
        List<UserId> ids = new ArrayList<>(members.size());
        for (Member member : this.members) {
            ids.add(member.user());
        }
        this.users = List.copyOf(ids);
    }

    /** Shown to people, or null. */
    public @Nullable String name() {
        return name;
    }

    /** In order of their ids; empty when the last one has left. */
    public List<Member> members() {
        return members;
    }

    /** The ids of the members, in order. */
    public List<UserId> users() {
        return users;
    }

    public @Nullable Member member(UserId user) {
        int low = 0;
        int high = members.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = users.get(middle).compareTo(user);
            if (order == 0) {
                return members.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The group after members came (or got another role) and went. */
    GroupState with(List<Member> put, List<UserId> gone) {
        TreeMap<UserId, Member> next = new TreeMap<>();
        for (Member member : members) {
            next.put(member.user(), member);
        }
        for (Member member : put) {
            next.put(member.user(), member);
        }
        for (UserId user : gone) {
            next.remove(user);
        }
        return new GroupState(name, List.copyOf(next.values()));
    }

    /**
     * Who inherits when {@code leaving} goes: nobody while another owner stays or nobody is left, else the longest
     * standing admin, else the longest standing member; of several that came together the first by id.
     */
    @Nullable
    Member heirOf(UserId leaving) {
        Member first = null;
        for (Member member : members) {
            if (!member.user().equals(leaving) && (first == null || STANDING.compare(member, first) < 0)) {
                first = member;
            }
        }
        return first == null || first.role() == MemberRole.OWNER ? null : first;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupState group && Objects.equals(name, group.name) && members.equals(group.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "group of " + members.size();
    }
}
