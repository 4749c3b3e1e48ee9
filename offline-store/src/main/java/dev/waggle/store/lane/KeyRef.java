package dev.waggle.store.lane;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.SendKey;

/** Names an idempotency key: whose, where, and whether of a message or a call. */
record KeyRef(ConversationId conversation, Author subject, boolean call, SendKey key) {}
