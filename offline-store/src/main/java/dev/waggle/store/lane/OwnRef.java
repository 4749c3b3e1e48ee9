package dev.waggle.store.lane;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;

/** Names what a user has set for a conversation. */
record OwnRef(UserId user, ConversationId conversation) {}
