package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import dev.waggle.spec.message.Standings;
import dev.waggle.store.rules.ConversationDecision.Accepted;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One command to one group that has members, and the decisions that can be made of it.
 *
 * @param hash {@link RequestHash} of the command, or null if it has no key
 */
record GroupCase(
        RuleLimits limits,
        ConversationState state,
        GroupState group,
        Command.OfConversation command,
        @Nullable Bytes hash) {

    /** Who asks. */
    UserId user() {
        return command.actor().user();
    }

    /** The seq of what is decided. */
    long seq() {
        return state.lastSeq() + 1;
    }

    /** The time of what is decided, which is also the time that rules look at. */
    long ts() {
        return Math.max(command.now(), state.lastTs());
    }

    Standings standings() {
        return group.standings();
    }

    Member newMember(UserId user) {
        return new Member(user, MemberRole.MEMBER, ts(), seq());
    }

    /** Somebody comes or goes. */
    Event.MembersChanged members(List<Member> added, List<UserId> removed, @Nullable UserId left) {
        return members(null, added, removed, left, null);
    }

    /** Somebody gets another standing. */
    Event.MembersChanged standing(Standing standing) {
        boolean toldTheName = standing.kind() == Standing.Kind.INVITED;
        return members(toldTheName ? group.settings().name() : null, List.of(), List.of(), null, standing);
    }

    /** A user is banned, and removed if it was a member. */
    Event.MembersChanged ban(UserId user, boolean member) {
        return members(
                null,
                List.of(),
                member ? List.of(user) : List.of(),
                null,
                Standing.of(Standing.Kind.BANNED, List.of(user)));
    }

    Event.SettingsChanged settings(GroupPatch change) {
        return new Event.SettingsChanged(
                id(), seq(), ts(), command.actor().author(), command.actor().device(), change);
    }

    /** It is done, and told to the members before and after it. */
    ConversationDecision done(Event.LogEntry entry, Reply reply) {
        return done(entry, reply, List.of());
    }

    /** It is done, and told to the members before and after it and to some who are none. */
    ConversationDecision done(Event.LogEntry entry, Reply reply, Collection<UserId> others) {
        TreeSet<UserId> recipients = new TreeSet<>(group.users());
        recipients.addAll(others);
        List<UserId> revoked = List.of();
        if (entry instanceof Event.MembersChanged change) {
            for (Member member : change.added()) {
                recipients.add(member.user());
            }
            Standing standing = change.standing();
            boolean dissolved = standing != null && standing.kind() == Standing.Kind.DISSOLVED;
            revoked = dissolved ? group.users() : GroupRules.gone(change);
        }
        return new Accepted(entry, remembered(reply), reply, List.copyOf(recipients), revoked);
    }

    /** It was so before. */
    ConversationDecision unchanged(Reply reply) {
        return new Accepted(null, remembered(reply), reply, List.of(), List.of());
    }

    private Event.MembersChanged members(
            @Nullable String name,
            List<Member> added,
            List<UserId> removed,
            @Nullable UserId left,
            @Nullable Standing standing) {
        return new Event.MembersChanged(
                id(),
                seq(),
                ts(),
                command.actor().author(),
                command.actor().device(),
                false,
                name,
                added,
                removed,
                left,
                standing,
                GroupPatch.NONE);
    }

    private Event.@Nullable KeyRemembered remembered(Reply reply) {
        return ConversationRules.remember(limits, command, hash, reply);
    }

    private ConversationId.Group id() {
        return (ConversationId.Group) state.id();
    }
}
