package dev.waggle.store.reads;

import dev.waggle.spec.message.Event;

/** Message Expiry: a message is over when its sender's interval has passed since the server took it. */
final class Expiry {
    private Expiry() {}

    static boolean isOver(Event.LogEntry entry, long now) {
        if (entry instanceof Event.MessageStored message) {
            return isOver(message.expiresAt(), now);
        }
        return entry instanceof Event.MessageEdited edited && isOver(edited.expiresAt(), now);
    }

    private static boolean isOver(long expiresAt, long now) {
        return expiresAt != 0 && expiresAt <= now;
    }
}
