package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.rules.ConversationRules;
import dev.waggle.store.rules.ConversationState;
import dev.waggle.store.rules.LogEntries;
import dev.waggle.store.rules.TrimRules;
import dev.waggle.store.storage.StorageFailure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries said before, for the rules that look at them: as the group has left them, or else as they are stored. */
@RunsOn("committer")
final class Bygones {
    private final StateCache cache;
    private final Finder finder;
    private final Group group;

    Bygones(StateCache cache, Finder finder, Group group) {
        this.cache = cache;
        this.finder = finder;
        this.group = group;
    }

    /**
     * The entries of these seqs, and the last edits of the messages among them. Which of them only the disk knows,
     * {@link Finder#missing} tells.
     */
    LogEntries find(ConversationId conversation, SeqRanges seqs) throws StorageFailure {
        if (seqs.isEmpty()) {
            return LogEntries.NONE;
        }
        Map<Long, Event.LogEntry> found = new HashMap<>();
        for (long seq : seqs.each()) {
            Event.LogEntry entry = entry(new EntryRef(conversation, seq));
            if (entry != null) {
                found.put(seq, entry);
            }
            Event.Edit edit = entry instanceof Event.MessageStored message ? message.edit() : null;
            Event.LogEntry last = edit == null ? null : entry(new EntryRef(conversation, edit.seq()));
            if (last != null) {
                found.put(last.seq(), last);
            }
        }
        return found::get;
    }

    /** What the rules look at for a command. What of it only the disk knows, {@link Finder#missing} tells. */
    LogEntries find(ConversationState state, Command.OfConversation command) throws StorageFailure {
        if (command instanceof Command.ForOneself) {
            OwnSettings own = finder.own(new OwnRef(command.actor().user(), command.conversation()));
            return own == null ? LogEntries.NONE : LogEntries.with(own);
        }
        return find(command.conversation(), ConversationRules.looksAt(state, command));
    }

    private Event.@Nullable LogEntry entry(EntryRef ref) throws StorageFailure {
        Event.LogEntry added = cache.get(ref) == null ? group.entry(ref) : null;
        if (added == null) {
            return finder.entry(ref);
        }
        return EntryRef.state(added) instanceof Event.LogEntry known ? known : null;
    }

    /** Another entry stands in the place of one from now on. */
    void replaced(Event.LogEntry entry) {
        cache.put(EntryRef.of(entry), EntryRef.state(entry));
        EventRows.replaced(group.writes, entry);
    }

    /**
     * The oldest entries of a conversation go, all but the last: it tells where the conversation ends.
     *
     * @return null if a state is missing
     */
    @Nullable
    Outcome trim(Command.TrimLog trim) throws StorageFailure {
        ConversationState state = finder.conversation(trim.conversation());
        if (state == null) {
            return null;
        }
        boolean bodyToo = trim.upTo() >= state.lastSeq();
        SeqRanges last = bodyToo ? SeqRanges.of(trim.from(), trim.upTo()) : SeqRanges.NONE;
        LogEntries entries = find(trim.conversation(), last.within(state.lastSeq(), state.lastSeq()));
        if (finder.isMissing()) {
            return null;
        }
        TrimRules.decide(state, trim, entries).forEach(event -> {
            if (event instanceof Event.LogTrimmed trimmed) {
                EventRows.trimmed(group.writes, trimmed);
                for (long seq = trimmed.from(); seq <= trimmed.upTo(); seq++) {
                    cache.putIfHeld(new EntryRef(trimmed.conversation(), seq), Absent.ABSENT);
                }
            } else {
                replaced((Event.LogEntry) event);
            }
        });
        return new Outcome.Accepted(new Reply.Done());
    }
}
