package dev.waggle.store.rules;

import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import java.util.ArrayList;
import java.util.List;

/** The rules of what a conversation keeps: the oldest entries go, and the last one stays to tell where it ends. */
public final class TrimRules {
    private TrimRules() {}

    /**
     * @param entries the last of the conversation, if the trim reaches it
     * @return {@link Event.LogTrimmed}, and what stands in the place of the last message from then on
     */
    public static List<Event> decide(ConversationState state, Command.TrimLog trim, LogEntries entries) {
        List<Event> events = new ArrayList<>(2);
        long upTo = Math.min(trim.upTo(), state.lastSeq() - 1);
        if (upTo >= trim.from()) {
            events.add(new Event.LogTrimmed(state.id(), trim.from(), upTo));
        }
        if (trim.upTo() >= state.lastSeq() && entries.at(state.lastSeq()) instanceof Event.MessageStored last) {
            events.add(new Event.MessageErased(state.id(), last.seq(), last.ts(), last.from(), last.device(), false));
        }
        return events;
    }
}
