package dev.waggle.broker.inbound;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.MessageProperties;

/** Hands something that is never stored to the devices that a user has here now. Any thread. */
public interface Ephemerals {
    void now(UserId to, Author from, Bytes payload, MessageProperties properties);
}
