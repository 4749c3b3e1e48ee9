package dev.waggle.store.rules;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the outbox of pushes: a note in the commit of what came that somebody may have to be woken, at most one for
 * a user; whom and when, the bridge decides later from what is known then. Pure and deterministic.
 */
public final class OutboxRules {
    private OutboxRules() {}

    static InboxDecision keep(InboxState state, Command.KeepPush keep) {
        long version = state.outbox().version(keep.device());
        if (keep.expected() != Command.KeepPush.ANY_VERSION && keep.expected() != version) {
            return refused(
                    Refusal.EXISTS, "the registration is of version " + version + ", expected was " + keep.expected());
        }
        if (keep.registration() == null) {
            return version == 0
                    ? new InboxDecision.Accepted(List.of(), new Reply.PushKept(0))
                    : new InboxDecision.Accepted(
                            List.of(new Event.PushKept(state.user(), keep.device(), version, null)),
                            new Reply.PushKept(0));
        }
        if (version == 0 && state.outbox().devices().size() >= RuleLimits.PUSHES_PER_USER) {
            return refused(
                    Refusal.QUOTA,
                    "a user registers at most " + RuleLimits.PUSHES_PER_USER
                            + " devices for pushes; push.unregister one of them first");
        }
        long next = Math.max(version + 1, keep.now());
        return new InboxDecision.Accepted(
                List.of(new Event.PushKept(state.user(), keep.device(), next, keep.registration())),
                new Reply.PushKept(next));
    }

    static InboxDecision settle(InboxState state, Command.SettlePush settle) {
        Outbox after = state.outbox().settled(settle.handled(), state.last());
        return new InboxDecision.Accepted(
                after.equals(state.outbox())
                        ? List.of()
                        : List.of(new Event.PushSettled(state.user(), settle.handled())),
                new Reply.Done());
    }

    /** What follows for the outbox from an entry that has come into the inbox, or null. */
    public static Event.@Nullable PushDue due(InboxState after, Event.EntryAdded added) {
        Outbox outbox = after.outbox();
        if (!outbox.wants() || outbox.from() > 0 || !wakes(added.entry(), added.user())) {
            return null;
        }
        return new Event.PushDue(added.user(), added.position(), added.entry().ts());
    }

    /** True for what somebody may have to be woken for: messages of others, and being let in or asked into a group. */
    public static boolean wakes(Event.LogEntry entry, UserId user) {
        if (entry.from().user().equals(user)) {
            return false;
        }
        if (entry instanceof Event.MessageStored message) {
            return !message.hiddenFrom().contains(user);
        }
        return entry instanceof Event.MembersChanged change && (isNew(change, user) || isInvited(change, user));
    }

    private static boolean isNew(Event.MembersChanged change, UserId user) {
        for (Member member : change.added()) {
            if (member.user().equals(user)) {
                return member.firstSeq() == change.seq();
            }
        }
        return false;
    }

    private static boolean isInvited(Event.MembersChanged change, UserId user) {
        Standing standing = change.standing();
        return standing != null
                && standing.kind() == Standing.Kind.INVITED
                && standing.users().contains(user);
    }

    static Outbox apply(InboxState state, Event.OfInbox event) {
        Outbox outbox = state.outbox();
        if (event instanceof Event.PushKept kept) {
            return kept.registration() == null
                    ? outbox.unregistered(kept.device(), state.last())
                    : outbox.registered(kept.device(), kept.version(), state.last());
        }
        if (event instanceof Event.PushDue due) {
            return outbox.due(due.from(), due.at());
        }
        return outbox.settled(((Event.PushSettled) event).handled(), state.last());
    }

    private static InboxDecision refused(Refusal refusal, String message) {
        return new InboxDecision.Refused(Rejection.of(refusal, message));
    }
}
