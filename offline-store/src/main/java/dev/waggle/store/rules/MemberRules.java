package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Who is added, removed, leaves and gets another role. */
final class MemberRules {
    private MemberRules() {}

    static ConversationDecision decide(GroupCase asked, Member me) {
        if (asked.command() instanceof Command.AddMembers add) {
            return add(asked, me, add.users());
        }
        if (asked.command() instanceof Command.RemoveMembers remove) {
            return remove(asked, me, remove.users());
        }
        if (asked.command() instanceof Command.ChangeRole change) {
            return role(asked, me, change);
        }
        if (asked.command() instanceof Command.LeaveGroup) {
            return leave(asked, me);
        }
        throw new IllegalStateException(
                "a command to a group that has no rule: " + asked.command().getClass());
    }

    private static ConversationDecision add(GroupCase asked, Member me, List<UserId> wanted) {
        if (!GroupRight.ADD.has(me.role())) {
            return GroupRules.lacks(GroupRight.ADD);
        }
        List<Member> added = new ArrayList<>();
        List<UserId> users = new ArrayList<>();
        for (UserId user : new TreeSet<>(wanted)) {
            if (asked.group().member(user) != null) {
                continue;
            }
            if (StandingsRules.isBanned(asked.standings(), user)) {
                return OutsiderRules.banned(user);
            }
            added.add(asked.newMember(user));
            users.add(user);
        }
        if (added.isEmpty()) {
            return asked.unchanged(
                    new Reply.MembersAdded(List.of(), asked.state().lastSeq()));
        }
        if (asked.group().members().size() + added.size() > asked.limits().groupMembers()) {
            return GroupRules.full(asked.limits());
        }
        return asked.done(asked.members(added, List.of(), null), new Reply.MembersAdded(users, asked.seq()));
    }

    private static ConversationDecision remove(GroupCase asked, Member me, List<UserId> wanted) {
        if (!GroupRight.SUPERVISE_GUEST.has(me.role())) {
            return GroupRules.lacks(GroupRight.SUPERVISE_GUEST);
        }
        List<UserId> removed = new ArrayList<>();
        for (UserId user : new TreeSet<>(wanted)) {
            Member member = asked.group().member(user);
            if (member == null) {
                continue;
            }
            GroupRight right = GroupRight.toSupervise(member.role());
            if (!right.has(me.role())) {
                return user.equals(me.user())
                        ? ConversationRules.refused(Refusal.NOT_ALLOWED, "to go yourself call group.leave")
                        : GroupRules.lacks(right);
            }
            removed.add(user);
        }
        if (removed.isEmpty()) {
            return asked.unchanged(
                    new Reply.MembersRemoved(List.of(), asked.state().lastSeq()));
        }
        return asked.done(asked.members(List.of(), removed, null), new Reply.MembersRemoved(removed, asked.seq()));
    }

    private static ConversationDecision leave(GroupCase asked, Member me) {
        Member heir = me.role() == MemberRole.OWNER ? asked.group().heirOf(me.user()) : null;
        List<Member> promoted = heir == null ? List.of() : List.of(with(heir, MemberRole.OWNER));
        return asked.done(asked.members(promoted, List.of(), me.user()), new Reply.GroupLeft(asked.seq()));
    }

    private static ConversationDecision role(GroupCase asked, Member me, Command.ChangeRole change) {
        Member target = asked.group().member(change.member());
        GroupRight right = rightTo(target == null ? MemberRole.MEMBER : target.role(), change.role());
        if (!right.has(me.role())) {
            return GroupRules.lacks(right);
        }
        if (target == null) {
            return ConversationRules.refused(
                    Refusal.NOT_FOUND, change.member() + " is no member of this group; add or invite first");
        }
        if (target.role() == change.role()) {
            return asked.unchanged(new Reply.GroupChanged(asked.state().lastSeq()));
        }
        if (target.role() == MemberRole.OWNER && !target.user().equals(me.user())) {
            return ConversationRules.refused(Refusal.NOT_ALLOWED, "an owner steps down itself, nobody else does that");
        }
        if (asked.group().isLastOwner(target)) {
            return ConversationRules.refused(
                    Refusal.NOT_ALLOWED, "you are the last owner; make somebody else an owner first");
        }
        return asked.done(
                asked.members(List.of(with(target, change.role())), List.of(), null),
                new Reply.GroupChanged(asked.seq()));
    }

    private static GroupRight rightTo(MemberRole from, MemberRole to) {
        boolean low = from.compareTo(MemberRole.MEMBER) >= 0 && to.compareTo(MemberRole.MEMBER) >= 0;
        return low ? GroupRight.SEAT : GroupRight.RANK;
    }

    private static Member with(Member member, MemberRole role) {
        return new Member(member.user(), role, member.since(), member.firstSeq());
    }
}
