package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;

/** What stands at one position of an inbox; the position is in the key. */
public sealed interface InboxRow {
    ConversationId conversation();

    /** An entry of the conversation's log. */
    record Pointer(ConversationId conversation, long seq) implements InboxRow {}

    /** Seqs {@code from}…{@code to} of the conversation gave way. */
    record Gap(ConversationId conversation, long from, long to) implements InboxRow {}
}
