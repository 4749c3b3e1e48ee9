package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings, members and who else is something to a group. Immutable; a message in the group does not touch it. */
public final class GroupState {
    private static final Comparator<Member> STANDING =
            Comparator.comparing(Member::role).thenComparing(Member::firstSeq).thenComparing(Member::user);

    private final GroupSettings settings;
    private final List<Member> members;
    private final List<UserId> users;
    private final Standings standings;

    /**
     * @param members in order of their ids
     */
    public GroupState(GroupSettings settings, List<Member> members, Standings standings) {
        this.settings = settings;
        this.members = List.copyOf(members);
        List<UserId> ids = new ArrayList<>(members.size());
        for (Member member : this.members) {
            ids.add(member.user());
        }
        this.users = List.copyOf(ids);
        this.standings = standings;
    }

    public GroupSettings settings() {
        return settings;
    }

    /** In order of their ids; empty when the last one has left or it was dissolved: nobody ever comes in again. */
    public List<Member> members() {
        return members;
    }

    /** The ids of the members, in order. */
    public List<UserId> users() {
        return users;
    }

    /** Some of them may be over: see {@link StandingsRules}. */
    public Standings standings() {
        return standings;
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

    /** The group after an event. */
    GroupState after(Event.MembersChanged change) {
        Standing standing = change.standing();
        if (standing != null && standing.kind() == Standing.Kind.DISSOLVED) {
            return new GroupState(settings, List.of(), Standings.NONE);
        }
        List<Member> next = changed(change.added(), GroupRules.gone(change));
        return new GroupState(
                settings, next, next.isEmpty() ? Standings.NONE : StandingsRules.after(standings, change));
    }

    /** The group after an event. */
    GroupState after(Event.SettingsChanged change) {
        return new GroupState(settings.with(change.change()), members, standings);
    }

    /** The members after some came (or got another role) and went. */
    private List<Member> changed(List<Member> put, List<UserId> gone) {
        if (put.isEmpty() && gone.isEmpty()) {
            return members;
        }
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
        return List.copyOf(next.values());
    }

    /** True if this member is an owner and nobody else is. */
    boolean isLastOwner(Member member) {
        return member.role() == MemberRole.OWNER
                && members.stream()
                                .filter(other -> other.role() == MemberRole.OWNER)
                                .count()
                        == 1;
    }

    /**
     * Who inherits when {@code leaving} goes: nobody while another owner stays or nobody is left, else the longest
     * standing admin, else the longest standing member, else guest; of several that came together the first by id.
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
        return other instanceof GroupState group
                && settings.equals(group.settings)
                && members.equals(group.members)
                && standings.equals(group.standings);
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
