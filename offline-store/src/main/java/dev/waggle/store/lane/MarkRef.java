package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;

/** Names a user's mark in a conversation. */
record MarkRef(UserId user, ConversationId conversation) {}
