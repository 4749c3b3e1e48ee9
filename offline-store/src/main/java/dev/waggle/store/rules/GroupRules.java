package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.rules.ConversationDecision.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of membership: one event with a seq per change, addressed to the members before and after it. */
final class GroupRules {
    private final RuleLimits limits;

    GroupRules(RuleLimits limits) {
        this.limits = limits;
    }

    ConversationDecision decide(ConversationState state, Command.OfConversation command, @Nullable Bytes hash) {
        if (command instanceof Command.CreateGroup create) {
            return create(state, create, hash);
        }
        GroupState group = state.group();
        Member me = group == null ? null : group.member(command.actor().user());
        if (group == null || me == null) {
            return ConversationRules.notMember();
        }
        if (command instanceof Command.AddMembers add) {
            return add(state, group, me, add, hash);
        }
        if (command instanceof Command.RemoveMembers remove) {
            return remove(state, group, me, remove, hash);
        }
        return leave(state, group, me, (Command.LeaveGroup) command, hash);
    }

    static ConversationState apply(ConversationState state, Event.MembersChanged change) {
        GroupState before = state.group() == null ? new GroupState(change.name(), List.of()) : state.group();
        return new ConversationState(state.id(), change.seq(), change.ts(), before.with(change.added(), gone(change)));
    }

    private ConversationDecision create(ConversationState state, Command.CreateGroup create, @Nullable Bytes hash) {
        if (state.group() != null || state.lastSeq() > 0) {
            return ConversationRules.refused(Refusal.EXISTS, "this group id is taken; choose another or give none");
        }
        String name = create.name();
        if (name != null && name.length() > RuleLimits.GROUP_NAME_LENGTH) {
            return ConversationRules.refused(
                    Refusal.BAD_REQUEST, "a group name has at most " + RuleLimits.GROUP_NAME_LENGTH + " characters");
        }
        UserId creator = create.actor().user();
        TreeSet<UserId> users = new TreeSet<>(create.members());
        users.add(creator);
        if (users.size() > limits.groupMembers()) {
            return full();
        }
        long ts = Math.max(create.now(), state.lastTs());
        List<Member> added = new ArrayList<>(users.size());
        for (UserId user : users) {
            added.add(new Member(user, user.equals(creator) ? MemberRole.OWNER : MemberRole.MEMBER, ts, 1));
        }
        Reply reply = new Reply.GroupCreated(create.conversation().group(), 1);
        return changed(state, create, hash, new Change(true, name, added, List.of(), null), reply);
    }

    private ConversationDecision add(
            ConversationState state, GroupState group, Member me, Command.AddMembers add, @Nullable Bytes hash) {
        if (me.role() == MemberRole.MEMBER) {
            return ConversationRules.refused(Refusal.NOT_ALLOWED, "only owners and admins add members");
        }
        long seq = state.lastSeq() + 1;
        long ts = Math.max(add.now(), state.lastTs());
        List<Member> added = new ArrayList<>();
        List<UserId> users = new ArrayList<>();
        for (UserId user : new TreeSet<>(add.users())) {
            if (group.member(user) == null) {
                added.add(new Member(user, MemberRole.MEMBER, ts, seq));
                users.add(user);
            }
        }
        if (added.isEmpty()) {
            return nothingToDo(add, hash, new Reply.MembersAdded(List.of(), state.lastSeq()));
        }
        if (group.members().size() + added.size() > limits.groupMembers()) {
            return full();
        }
        Reply reply = new Reply.MembersAdded(users, seq);
        return changed(state, add, hash, new Change(false, null, added, List.of(), null), reply);
    }

    private ConversationDecision remove(
            ConversationState state, GroupState group, Member me, Command.RemoveMembers remove, @Nullable Bytes hash) {
        if (me.role() == MemberRole.MEMBER) {
            return ConversationRules.refused(Refusal.NOT_ALLOWED, "only owners and admins remove members");
        }
        List<UserId> removed = new ArrayList<>();
        for (UserId user : new TreeSet<>(remove.users())) {
            Member member = group.member(user);
            if (member == null) {
                continue;
            }
            boolean allowed = me.role() == MemberRole.OWNER
                    ? member.role() != MemberRole.OWNER
                    : member.role() == MemberRole.MEMBER;
            if (!allowed) {
                return ConversationRules.refused(
                        Refusal.NOT_ALLOWED,
                        "owners remove anyone but owners, admins remove members; to go yourself call group.leave");
            }
            removed.add(user);
        }
        if (removed.isEmpty()) {
            return nothingToDo(remove, hash, new Reply.MembersRemoved(List.of(), state.lastSeq()));
        }
        Reply reply = new Reply.MembersRemoved(removed, state.lastSeq() + 1);
        return changed(state, remove, hash, new Change(false, null, List.of(), removed, null), reply);
    }

    private ConversationDecision leave(
            ConversationState state, GroupState group, Member me, Command.LeaveGroup leave, @Nullable Bytes hash) {
        Member heir = me.role() == MemberRole.OWNER ? group.heirOf(me.user()) : null;
        List<Member> promoted = heir == null
                ? List.of()
                : List.of(new Member(heir.user(), MemberRole.OWNER, heir.since(), heir.firstSeq()));
        Reply reply = new Reply.GroupLeft(state.lastSeq() + 1);
        return changed(state, leave, hash, new Change(false, null, promoted, List.of(), me.user()), reply);
    }

    /** What a membership event says besides where and when. */
    private record Change(
            boolean created,
            @Nullable String name,
            List<Member> added,
            List<UserId> removed,
            @Nullable UserId left) {}

    private ConversationDecision changed(
            ConversationState state, Command.OfConversation command, @Nullable Bytes hash, Change change, Reply reply) {
        Event.MembersChanged entry = new Event.MembersChanged(
                (ConversationId.Group) state.id(),
                state.lastSeq() + 1,
                Math.max(command.now(), state.lastTs()),
                command.actor().author(),
                command.actor().device(),
                change.created(),
                change.name(),
                change.added(),
                change.removed(),
                change.left());
        TreeSet<UserId> recipients = new TreeSet<>(state.recipients());
        for (Member member : change.added()) {
            recipients.add(member.user());
        }
        return new Accepted(
                entry,
                ConversationRules.remember(limits, command, hash, reply),
                reply,
                List.copyOf(recipients),
                gone(entry));
    }

    private ConversationDecision nothingToDo(Command.OfConversation command, @Nullable Bytes hash, Reply reply) {
        return new Accepted(
                null, ConversationRules.remember(limits, command, hash, reply), reply, List.of(), List.of());
    }

    private ConversationDecision full() {
        return ConversationRules.refused(Refusal.QUOTA, "a group has at most " + limits.groupMembers() + " members");
    }

    private static List<UserId> gone(Event.MembersChanged change) {
        UserId left = change.left();
        return left == null ? change.removed() : List.of(left);
    }
}
