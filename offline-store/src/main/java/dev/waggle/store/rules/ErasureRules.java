package dev.waggle.store.rules;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupRight;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.rules.ConversationDecision.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of editing and of deleting for all. Both add one event with a seq and put other entries in the place of old
 * ones: what nobody is to see any more stands nowhere.
 */
final class ErasureRules {
    private final RuleLimits limits;

    ErasureRules(RuleLimits limits) {
        this.limits = limits;
    }

    /** The seqs that a deletion looks at: no others can have messages. */
    static SeqRanges targets(ConversationState state, Command.DeleteMessages delete) {
        return delete.seqs().within(1, state.lastSeq());
    }

    ConversationDecision edit(
            ConversationState state, Command.EditMessage edit, LogEntries entries, @Nullable Bytes hash) {
        Event.LogEntry found = entries.at(edit.seq());
        if (found instanceof Event.MessageErased erased && !erased.edit()) {
            return ConversationRules.refused(Refusal.NOT_FOUND, "the message " + edit.seq() + " was deleted");
        }
        if (!(found instanceof Event.MessageStored message) || isExpired(message, edit.now())) {
            return ConversationRules.refused(Refusal.NOT_FOUND, "there is no message " + edit.seq());
        }
        if (!isOwn(edit.actor(), message.from())) {
            return ConversationRules.refused(Refusal.NOT_ALLOWED, "only its author edits a message");
        }
        if (edit.now() - message.ts() > limits.editWindowMillis()) {
            return ConversationRules.refused(
                    Refusal.NOT_ALLOWED, "a message can be edited for " + span(limits.editWindowMillis()));
        }
        long seq = state.lastSeq() + 1;
        long ts = Math.max(edit.now(), state.lastTs());
        Rejection silenced = GroupRules.silenced(state, edit.actor().user(), ts);
        if (silenced != null) {
            return new ConversationDecision.Refused(silenced);
        }
        Event.MessageEdited entry = new Event.MessageEdited(
                state.id(),
                seq,
                ts,
                edit.actor().author(),
                edit.actor().device(),
                message.seq(),
                message.expiresAt(),
                edit.body(),
                message.hiddenFrom());
        List<Event.LogEntry> replaced = new ArrayList<>();
        replaced.add(message.edited(edit.body(), new Event.Edit(seq, ts)));
        eraseEdit(message, entries, replaced);
        Reply reply = new Reply.Edited(seq, ts);
        return new Accepted(
                entry,
                ConversationRules.remember(limits, edit, hash, reply),
                reply,
                state.recipients(),
                List.of(),
                replaced);
    }

    ConversationDecision delete(
            ConversationState state, Command.DeleteMessages delete, LogEntries entries, @Nullable Bytes hash) {
        boolean anybodys = mayDeleteOthers(state, delete.actor());
        List<Event.LogEntry> replaced = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (long seq : targets(state, delete).each()) {
            if (entries.at(seq) instanceof Event.MessageStored message) {
                if (!anybodys && !isOwn(delete.actor(), message.from())) {
                    return ConversationRules.refused(
                            Refusal.NOT_ALLOWED,
                            "message " + seq + " is not yours; for others' messages: moderators,"
                                    + " in groups also owners and admins. Or delete for me");
                }
                if (!anybodys && delete.now() - message.ts() > limits.recallWindowMillis()) {
                    return ConversationRules.refused(
                            Refusal.NOT_ALLOWED,
                            "message " + seq + " is too old: its author can delete a message for "
                                    + span(limits.recallWindowMillis()) + ". Or delete for me");
                }
                gone.add(seq);
                replaced.add(new Event.MessageErased(
                        state.id(), seq, message.ts(), message.from(), message.device(), false));
                eraseEdit(message, entries, replaced);
            }
        }
        if (gone.isEmpty()) {
            Reply reply = new Reply.Deleted(0, state.lastSeq());
            return new Accepted(
                    null, ConversationRules.remember(limits, delete, hash, reply), reply, List.of(), List.of());
        }
        Event.MessagesDeleted entry = new Event.MessagesDeleted(
                state.id(),
                state.lastSeq() + 1,
                Math.max(delete.now(), state.lastTs()),
                delete.actor().author(),
                delete.actor().device(),
                SeqRanges.ofEach(gone));
        Reply reply = new Reply.Deleted(gone.size(), entry.seq());
        return new Accepted(
                entry,
                ConversationRules.remember(limits, delete, hash, reply),
                reply,
                state.recipients(),
                List.of(),
                replaced);
    }

    ConversationDecision hide(
            ConversationState state, Command.HideMessages hide, OwnSettings own, @Nullable Bytes hash) {
        SeqRanges hidden = own.hidden().with(hide.seqs().within(1, state.lastSeq()));
        if (hidden.ranges().size() > OwnSettings.MOST_RANGES) {
            return ConversationRules.refused(
                    Refusal.QUOTA,
                    "at most " + OwnSettings.MOST_RANGES
                            + " ranges of a conversation can be hidden; hide also what lies between some of them");
        }
        long more = hidden.count() - own.hidden().count();
        Reply reply = new Reply.Deleted(more, state.lastSeq());
        Event.OwnChanged changed = more == 0
                ? null
                : new Event.OwnChanged(
                        hide.actor().user(),
                        state.id(),
                        own.hiding(hidden, Math.max(hide.now(), own.at() + 1)),
                        hide.actor().device());
        return new Accepted(
                null,
                ConversationRules.remember(limits, hide, hash, reply),
                reply,
                List.of(),
                List.of(),
                List.of(),
                changed);
    }

    /** The last edit of a message counts no more. */
    private static void eraseEdit(Event.MessageStored message, LogEntries entries, List<Event.LogEntry> replaced) {
        Event.Edit last = message.edit();
        if (last != null && entries.at(last.seq()) instanceof Event.MessageEdited edit) {
            replaced.add(new Event.MessageErased(
                    edit.conversation(), edit.seq(), edit.ts(), edit.from(), edit.device(), true));
        }
    }

    private static boolean isExpired(Event.MessageStored message, long now) {
        return message.expiresAt() != 0 && message.expiresAt() <= now;
    }

    /** An agent touches what it wrote itself; the user also what agents wrote in the user's name. */
    private static boolean isOwn(Actor actor, Author from) {
        return from.equals(actor.author())
                || (actor.author().agent() == null && from.user().equals(actor.user()));
    }

    private static boolean mayDeleteOthers(ConversationState state, Actor actor) {
        if (actor.role() == Actor.Role.MODERATOR || actor.role() == Actor.Role.ADMIN) {
            return true;
        }
        GroupState group = state.group();
        Member me = group == null ? null : group.member(actor.user());
        return me != null && GroupRight.ERASE.has(me.role());
    }

    private static String span(long millis) {
        Duration span = Duration.ofMillis(millis);
        return span.toHours() > 0 && span.toMinutesPart() == 0
                ? span.toHours() + " hours"
                : span.toSeconds() + " seconds";
    }
}
