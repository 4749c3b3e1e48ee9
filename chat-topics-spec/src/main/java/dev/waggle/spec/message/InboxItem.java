package dev.waggle.spec.message;

import dev.waggle.spec.ConversationId;

/** What stands at one position of an inbox, as it is delivered. */
public sealed interface InboxItem {

    /** 1, 2, 3 … in the inbox of one user. */
    long position();

    /** A message or an event. */
    record Entry(long position, Event.LogEntry entry) implements InboxItem {}

    /** Seqs {@code from}…{@code to} of a conversation will not be delivered (topic {@code gap}). */
    record Missing(long position, ConversationId conversation, long from, long to) implements InboxItem {
        public Missing {
            if (from < 1 || to < from) {
                throw new IllegalArgumentException("a gap is 1 <= from <= to");
            }
        }
    }
}
