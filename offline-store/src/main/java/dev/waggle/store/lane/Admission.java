package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.HiddenFrom;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.rules.InboxRules;
import dev.waggle.store.rules.InboxState;
import dev.waggle.store.rules.RuleLimits;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the users that an entry concerns whether it may be: the one who begins a conversation, and those who would hear
 * of one for the first time. The conversation's own rules have said yes before; each rule sees its own state alone.
 */
@RunsOn("committer")
final class Admission {
    private final Finder finder;
    private final InboxRules inboxes;
    private final boolean refusesUnknown;
    private final boolean saysBlocked;

    Admission(Finder finder, InboxRules inboxes, RuleLimits limits) {
        this.finder = finder;
        this.inboxes = inboxes;
        this.refusesUnknown = limits.refuseUnknown();
        this.saysBlocked = limits.refuseBlocked();
    }

    /** True if the entry is the first message of two people: it counts for the one who sent it, unless a service did. */
    static boolean starts(Command.OfConversation command, Event.@Nullable LogEntry entry) {
        return entry != null
                && entry.seq() == 1
                && command.actor().role() != Actor.Role.SERVICE
                && entry.conversation() instanceof ConversationId.Direct direct
                && !direct.low().equals(direct.high());
    }

    /**
     * Why a user does not let the entry be, or null.
     *
     * @param entry what the command would add, or null
     * @param recipients of the entry, whose inboxes were found before
     */
    @Nullable
    Rejection barred(Command.OfConversation command, Event.@Nullable LogEntry entry, List<UserId> recipients)
            throws StorageFailure {
        if (entry == null) {
            return null;
        }
        Rejection barred = shadowed(command.actor().user(), entry, recipients);
        if (barred == null && refusesUnknown) {
            barred = unknown(command.actor().user(), entry);
        }
        if (barred == null) {
            barred = blocked(command.actor().user(), entry);
        }
        if (barred == null && starts(command, entry)) {
            InboxState mine = finder.inbox(command.actor().user());
            barred = mine == null ? null : inboxes.mayStart(mine, command.now());
        }
        return barred;
    }

    /**
     * Who does not see a message or an edit: everybody but its author, if moderation says so of it or of the author;
     * recipients who block the author now, or did when the edited message came.
     */
    HiddenFrom hiddenFrom(Command.OfConversation command, Event.@Nullable LogEntry entry, List<UserId> recipients)
            throws StorageFailure {
        if (!(entry instanceof Event.MessageStored || entry instanceof Event.MessageEdited)) {
            return HiddenFrom.NOBODY;
        }
        UserId author = entry.from().user();
        InboxState mine = finder.inbox(author);
        if (isShadowed(command) || mine != null && mine.settings().shadowed()) {
            return HiddenFrom.allBut(author);
        }
        HiddenFrom hidden = entry.hiddenFrom();
        for (int i = 0; i < recipients.size(); i++) {
            InboxState inbox = finder.inbox(recipients.get(i));
            if (inbox != null && inbox.settings().blocks(author)) {
                hidden = hidden.with(recipients.get(i));
            }
        }
        return hidden;
    }

    private static boolean isShadowed(Command.OfConversation command) {
        return command instanceof Command.SendMessage send
                ? send.shadow()
                : command instanceof Command.EditMessage edit && edit.shadow();
    }

    /**
     * What a shadowed user does to a group cannot be for its eyes alone: it is refused where others would be told of it,
     * in words that fit many causes. Going away is everybody's right.
     */
    private @Nullable Rejection shadowed(UserId author, Event.LogEntry entry, List<UserId> recipients)
            throws StorageFailure {
        boolean ofGroup = entry instanceof Event.SettingsChanged
                || entry instanceof Event.MembersChanged change && !goes(change, author);
        if (!ofGroup || recipients.equals(List.of(author))) {
            return null;
        }
        InboxState mine = finder.inbox(author);
        return mine != null && mine.settings().shadowed()
                ? Rejection.of(Refusal.NOT_ALLOWED, "you cannot change this group now")
                : null;
    }

    private static boolean goes(Event.MembersChanged change, UserId user) {
        Standing standing = change.standing();
        return user.equals(change.left()) || standing != null && standing.kind() == Standing.Kind.DECLINED;
    }

    /** Nobody adds to a group who blocked them; a message to them is refused only where the policy says so. */
    private @Nullable Rejection blocked(UserId sender, Event.LogEntry entry) throws StorageFailure {
        if (entry instanceof Event.MembersChanged change) {
            for (UserId user : newcomers(change)) {
                if (blocks(user, sender)) {
                    return saysBlocked
                            ? Rejection.of(Refusal.BLOCKED, user + " has blocked you")
                            : Rejection.of(Refusal.NOT_ALLOWED, user + " cannot be added or invited by you");
                }
            }
            return null;
        }
        if (!saysBlocked || !(entry.conversation() instanceof ConversationId.Direct direct)) {
            return null;
        }
        UserId other = direct.low().equals(sender) ? direct.high() : direct.low();
        return blocks(other, sender) ? Rejection.of(Refusal.BLOCKED, other + " has blocked you") : null;
    }

    private boolean blocks(UserId user, UserId sender) throws StorageFailure {
        InboxState inbox = finder.inbox(user);
        return inbox != null && inbox.settings().blocks(sender);
    }

    /** Members who stay need not be known: they came when unknown users were accepted, or have a new role. */
    private @Nullable Rejection unknown(UserId sender, Event.LogEntry entry) throws StorageFailure {
        if (entry instanceof Event.MembersChanged change) {
            for (UserId user : newcomers(change)) {
                Rejection barred = unknown(sender, user);
                if (barred != null) {
                    return barred;
                }
            }
            return null;
        }
        return entry.conversation() instanceof ConversationId.Direct direct
                ? unknown(sender, direct.low().equals(sender) ? direct.high() : direct.low())
                : null;
    }

    /** Who would hear of the group for the first time: new members, and those who are invited. */
    private static List<UserId> newcomers(Event.MembersChanged change) {
        List<UserId> users = new ArrayList<>();
        for (Member member : change.added()) {
            if (member.firstSeq() == change.seq()) {
                users.add(member.user());
            }
        }
        Standing standing = change.standing();
        if (standing != null && standing.kind() == Standing.Kind.INVITED) {
            users.addAll(standing.users());
        }
        return users;
    }

    private @Nullable Rejection unknown(UserId sender, UserId other) throws StorageFailure {
        InboxState theirs = other.equals(sender) ? null : finder.inbox(other);
        return theirs == null ? null : inboxes.mayBeReached(theirs);
    }
}
