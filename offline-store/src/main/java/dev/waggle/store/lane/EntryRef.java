package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Event;

/** Names an entry of a log. Its state is the entry without the body: what rules may know of it. */
record EntryRef(ConversationId conversation, long seq) {

    static EntryRef of(Event.LogEntry entry) {
        return new EntryRef(entry.conversation(), entry.seq());
    }

    /** What the cache keeps of an entry; {@link Absent} stands also for events that no rule looks at. */
    static Object state(Event.LogEntry entry) {
        if (entry instanceof Event.MessageStored message) {
            return new Event.MessageStored(
                    message.conversation(),
                    message.seq(),
                    message.ts(),
                    message.from(),
                    message.device(),
                    message.properties(),
                    Bytes.EMPTY,
                    message.edit(),
                    message.hiddenFrom());
        }
        if (entry instanceof Event.MessageEdited edited) {
            return new Event.MessageEdited(
                    edited.conversation(),
                    edited.seq(),
                    edited.ts(),
                    edited.from(),
                    edited.device(),
                    edited.target(),
                    edited.expiresAt(),
                    Bytes.EMPTY,
                    edited.hiddenFrom());
        }
        return entry instanceof Event.MessageErased ? entry : Absent.ABSENT;
    }
}
