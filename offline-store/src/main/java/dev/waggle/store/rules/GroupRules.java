package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standings;
import dev.waggle.store.rules.ConversationDecision.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of groups: one event with a seq per change, addressed to the members before and after it. Who may do what is
 * {@link GroupRight}; those of members are in {@link MemberRules}, of all other users in {@link OutsiderRules}.
 */
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
        if (group == null || group.members().isEmpty()) {
            return ConversationRules.notMember();
        }
        GroupCase asked = new GroupCase(limits, state, group, command, hash);
        Member me = group.member(asked.user());
        if (command instanceof Command.ChangeStanding change) {
            return OutsiderRules.decide(asked, me, change);
        }
        if (me == null) {
            return ConversationRules.notMember();
        }
        return command instanceof Command.UpdateGroup update
                ? update(asked, me, update.change())
                : MemberRules.decide(asked, me);
    }

    static ConversationState apply(ConversationState state, Event.MembersChanged change) {
        GroupState before = state.group();
        if (before == null) {
            GroupSettings settings =
                    GroupSettings.USUAL.with(GroupPatch.named(change.name())).with(change.settings());
            before = new GroupState(settings, List.of(), Standings.NONE);
        }
        return new ConversationState(state.id(), change.seq(), change.ts(), before.after(change));
    }

    static ConversationState apply(ConversationState state, Event.SettingsChanged change) {
        GroupState before = state.group();
        return new ConversationState(
                state.id(), change.seq(), change.ts(), before == null ? null : before.after(change));
    }

    /** Why the user, who has a part in the conversation, may not write there now, or null. */
    static @Nullable Rejection silenced(ConversationState state, UserId user, long now) {
        GroupState group = state.group();
        Member me = group == null ? null : group.member(user);
        if (group == null || me == null) {
            return null;
        }
        if (!GroupRight.SEND.has(me.role())) {
            return Rejection.of(Refusal.NOT_ALLOWED, "a guest of a group reads and does not write");
        }
        long until = StandingsRules.mutedUntil(group.standings(), user, now);
        return until == 0
                ? null
                : Rejection.of(Refusal.NOT_ALLOWED, "you are muted in this group until " + Instant.ofEpochMilli(until));
    }

    /** Who is no member any more. */
    static List<UserId> gone(Event.MembersChanged change) {
        UserId left = change.left();
        return left == null ? change.removed() : List.of(left);
    }

    static ConversationDecision full(RuleLimits limits) {
        return ConversationRules.refused(Refusal.QUOTA, "a group has at most " + limits.groupMembers() + " members");
    }

    /** A refusal that names the roles which may. */
    static ConversationDecision lacks(GroupRight right) {
        List<String> roles = new ArrayList<>();
        for (MemberRole role : MemberRole.values()) {
            if (right.has(role)) {
                roles.add(role.code());
            }
        }
        return ConversationRules.refused(
                Refusal.NOT_ALLOWED,
                "your role in this group has no right to " + right.label().replace("`", "") + "; "
                        + (roles.isEmpty() ? "none has" : "these have: " + String.join(", ", roles)));
    }

    private ConversationDecision create(ConversationState state, Command.CreateGroup create, @Nullable Bytes hash) {
        if (state.group() != null || state.lastSeq() > 0) {
            return ConversationRules.refused(Refusal.EXISTS, "this group id is taken; choose another or give none");
        }
        UserId creator = create.actor().user();
        TreeSet<UserId> users = new TreeSet<>(create.members());
        users.add(creator);
        if (users.size() > limits.groupMembers()) {
            return full(limits);
        }
        long ts = Math.max(create.now(), state.lastTs());
        List<Member> added = new ArrayList<>(users.size());
        for (UserId user : users) {
            added.add(new Member(user, user.equals(creator) ? MemberRole.OWNER : MemberRole.MEMBER, ts, 1));
        }
        GroupPatch given = GroupSettings.USUAL.unlike(create.settings());
        Event.MembersChanged entry = new Event.MembersChanged(
                create.conversation(),
                1,
                ts,
                create.actor().author(),
                create.actor().device(),
                true,
                given.name(),
                added,
                List.of(),
                null,
                null,
                new GroupPatch(null, given.topic(), given.picture(), given.join(), given.history()));
        Reply reply = new Reply.GroupCreated(create.conversation().group(), 1);
        return new Accepted(
                entry, ConversationRules.remember(limits, create, hash, reply), reply, List.copyOf(users), List.of());
    }

    private static ConversationDecision update(GroupCase asked, Member me, GroupPatch wanted) {
        if (wanted.describes() && !GroupRight.DESCRIBE.has(me.role())) {
            return lacks(GroupRight.DESCRIBE);
        }
        if (wanted.admits() && !GroupRight.ADMIT.has(me.role())) {
            return lacks(GroupRight.ADMIT);
        }
        GroupPatch change = asked.group().settings().unlike(wanted);
        return change.isEmpty()
                ? asked.unchanged(new Reply.GroupChanged(asked.state().lastSeq()))
                : asked.done(asked.settings(change), new Reply.GroupChanged(asked.seq()));
    }
}
