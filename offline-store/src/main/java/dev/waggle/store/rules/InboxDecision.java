package dev.waggle.store.rules;

import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import java.util.List;

/** What follows from a command to an inbox. */
public sealed interface InboxDecision {

    /** Carried out; the events move the inbox in their order. */
    record Accepted(List<Event.OfInbox> events, Reply reply) implements InboxDecision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Refused; nothing changes. */
    record Refused(Rejection rejection) implements InboxDecision {}
}
