package dev.waggle.broker.presence;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.MessageProperties;

/** Hands something that is never stored to the devices that are here now of those in a conversation. Any thread. */
public interface Ephemerals {
    void now(ConversationId conversation, Author from, Bytes payload, MessageProperties properties);
}
