package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is invited, asks, is let in or not, is banned or muted; and the end of a group. */
final class OutsiderRules {
    private OutsiderRules() {}

    /** @param me the member who asks, or null if who asks is none */
    static ConversationDecision decide(GroupCase asked, @Nullable Member me, Command.ChangeStanding change) {
        if (change.kind() == Standing.Kind.REQUESTED) {
            return join(asked, me);
        }
        if (change.kind() == Standing.Kind.DECLINED) {
            return decline(asked);
        }
        if (me == null) {
            return ConversationRules.notMember();
        }
        return switch (change.kind()) {
            case INVITED -> invite(asked, me, change.users());
            case REFUSED -> refuse(asked, me, change.users());
            case BANNED -> ban(asked, me, only(change));
            case UNBANNED -> unban(asked, me, only(change));
            case MUTED, UNMUTED -> mute(asked, me, only(change), change.seconds());
            case DISSOLVED -> dissolve(asked, me);
            case REQUESTED, DECLINED -> throw new IllegalStateException("decided above");
        };
    }

    static ConversationDecision banned(UserId user) {
        return ConversationRules.refused(Refusal.NOT_ALLOWED, user + " is banned from this group; group.unban first");
    }

    /**
     * Who is refused learns nothing: a group that takes nobody, one that takes only others, and one that does not exist
     * answer alike.
     */
    private static ConversationDecision join(GroupCase asked, @Nullable Member me) {
        UserId user = asked.user();
        long last = asked.state().lastSeq();
        if (me != null) {
            return asked.unchanged(new Reply.GroupJoined(true, last));
        }
        JoinPolicy policy = asked.group().settings().join();
        boolean invited = StandingsRules.isInvited(asked.standings(), user, asked.ts());
        boolean shut = policy == JoinPolicy.CLOSED || policy == JoinPolicy.INVITE && !invited;
        if (shut || StandingsRules.isBanned(asked.standings(), user)) {
            return ConversationRules.notMember();
        }
        if (policy == JoinPolicy.APPROVAL && !invited) {
            return request(asked, user);
        }
        if (asked.group().members().size() >= asked.limits().groupMembers()) {
            return GroupRules.full(asked.limits());
        }
        return asked.done(
                asked.members(List.of(asked.newMember(user)), List.of(), null),
                new Reply.GroupJoined(true, asked.seq()));
    }

    private static ConversationDecision request(GroupCase asked, UserId user) {
        if (StandingsRules.asks(asked.standings(), user, asked.ts())) {
            return asked.unchanged(new Reply.GroupJoined(false, asked.state().lastSeq()));
        }
        if (isFull(StandingsRules.at(asked.standings(), asked.ts()).requests(), 1)) {
            return most("requests wait");
        }
        return asked.done(
                asked.standing(Standing.of(Standing.Kind.REQUESTED, List.of(user))),
                new Reply.GroupJoined(false, asked.seq()),
                List.of(user));
    }

    private static ConversationDecision decline(GroupCase asked) {
        UserId user = asked.user();
        if (!isPending(asked, user)) {
            return ConversationRules.notMember();
        }
        return asked.done(
                asked.standing(Standing.of(Standing.Kind.DECLINED, List.of(user))),
                new Reply.GroupChanged(asked.seq()),
                List.of(user));
    }

    private static ConversationDecision invite(GroupCase asked, Member me, List<UserId> wanted) {
        if (!GroupRight.INVITE.has(me.role())) {
            return GroupRules.lacks(GroupRight.INVITE);
        }
        if (asked.group().settings().join() == JoinPolicy.CLOSED) {
            return ConversationRules.refused(
                    Refusal.NOT_ALLOWED, "this group is closed: nobody joins; group.add brings people in");
        }
        List<UserId> users = new ArrayList<>();
        for (UserId user : new TreeSet<>(wanted)) {
            if (StandingsRules.isBanned(asked.standings(), user)) {
                return banned(user);
            }
            if (asked.group().member(user) == null && !StandingsRules.isInvited(asked.standings(), user, asked.ts())) {
                users.add(user);
            }
        }
        if (users.isEmpty()) {
            return asked.unchanged(
                    new Reply.MembersInvited(List.of(), asked.state().lastSeq()));
        }
        if (isFull(StandingsRules.at(asked.standings(), asked.ts()).invited(), users.size())) {
            return most("invitations wait");
        }
        return asked.done(
                asked.standing(Standing.of(Standing.Kind.INVITED, users)),
                new Reply.MembersInvited(users, asked.seq()),
                users);
    }

    private static ConversationDecision refuse(GroupCase asked, Member me, List<UserId> wanted) {
        if (!GroupRight.ADD.has(me.role())) {
            return GroupRules.lacks(GroupRight.ADD);
        }
        List<UserId> users = new ArrayList<>();
        for (UserId user : new TreeSet<>(wanted)) {
            if (isPending(asked, user)) {
                users.add(user);
            }
        }
        return users.isEmpty()
                ? asked.unchanged(
                        new Reply.MembersRefused(List.of(), asked.state().lastSeq()))
                : asked.done(
                        asked.standing(Standing.of(Standing.Kind.REFUSED, users)),
                        new Reply.MembersRefused(users, asked.seq()),
                        users);
    }

    /** A member goes with it. Who was none hears of it only if it waited for something. */
    private static ConversationDecision ban(GroupCase asked, Member me, UserId user) {
        Member target = asked.group().member(user);
        GroupRight right = target == null ? GroupRight.BAR : GroupRight.toSupervise(target.role());
        if (!right.has(me.role())) {
            return GroupRules.lacks(right);
        }
        if (StandingsRules.isBanned(asked.standings(), user)) {
            return unchanged(asked);
        }
        if (isFull(asked.standings().banned(), 1)) {
            return most("users are banned");
        }
        return asked.done(
                asked.ban(user, target != null),
                new Reply.GroupChanged(asked.seq()),
                isPending(asked, user) ? List.of(user) : List.of());
    }

    private static ConversationDecision unban(GroupCase asked, Member me, UserId user) {
        if (!GroupRight.BAR.has(me.role())) {
            return GroupRules.lacks(GroupRight.BAR);
        }
        return StandingsRules.isBanned(asked.standings(), user)
                ? asked.done(
                        asked.standing(Standing.of(Standing.Kind.UNBANNED, List.of(user))),
                        new Reply.GroupChanged(asked.seq()))
                : unchanged(asked);
    }

    /** A mute outlives leaving, so that nobody gets rid of it by coming in again. */
    private static ConversationDecision mute(GroupCase asked, Member me, UserId user, long seconds) {
        Member target = asked.group().member(user);
        GroupRight right = target == null ? GroupRight.BAR : GroupRight.toSupervise(target.role());
        if (!right.has(me.role())) {
            return GroupRules.lacks(right);
        }
        if (seconds == 0) {
            return StandingsRules.mutedUntil(asked.standings(), user, asked.ts()) == 0
                    ? unchanged(asked)
                    : asked.done(
                            asked.standing(Standing.of(Standing.Kind.UNMUTED, List.of(user))),
                            new Reply.GroupChanged(asked.seq()));
        }
        if (target == null) {
            return ConversationRules.refused(Refusal.NOT_FOUND, user + " is no member of this group");
        }
        SortedMap<UserId, Long> muted =
                StandingsRules.at(asked.standings(), asked.ts()).muted();
        if (!muted.containsKey(user) && isFull(muted, 1)) {
            return most("users are muted");
        }
        long until = asked.ts() + seconds * 1_000;
        return asked.done(
                asked.standing(new Standing(Standing.Kind.MUTED, List.of(user), until)),
                new Reply.GroupChanged(asked.seq()));
    }

    private static ConversationDecision dissolve(GroupCase asked, Member me) {
        if (!GroupRight.DISSOLVE.has(me.role())) {
            return GroupRules.lacks(GroupRight.DISSOLVE);
        }
        return asked.done(
                asked.standing(Standing.of(Standing.Kind.DISSOLVED, List.of())), new Reply.GroupChanged(asked.seq()));
    }

    private static boolean isPending(GroupCase asked, UserId user) {
        return StandingsRules.isInvited(asked.standings(), user, asked.ts())
                || StandingsRules.asks(asked.standings(), user, asked.ts());
    }

    private static boolean isFull(SortedMap<UserId, Long> users, int more) {
        return users.size() + more > RuleLimits.STANDINGS_PER_GROUP;
    }

    private static ConversationDecision most(String what) {
        return ConversationRules.refused(
                Refusal.QUOTA, "at most " + RuleLimits.STANDINGS_PER_GROUP + " " + what + " per group");
    }

    private static ConversationDecision unchanged(GroupCase asked) {
        return asked.unchanged(new Reply.GroupChanged(asked.state().lastSeq()));
    }

    private static UserId only(Command.ChangeStanding change) {
        if (change.users().size() != 1) {
            throw new IllegalArgumentException(
                    change.kind() + " concerns one user, not " + change.users().size());
        }
        return change.users().get(0);
    }
}
