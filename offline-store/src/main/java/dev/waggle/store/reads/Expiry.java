package dev.waggle.store.reads;

import dev.waggle.spec.message.Event;

/** Message Expiry: a message is over when its sender's interval has passed since the server took it. */
final class Expiry {
    private Expiry() {}

    static boolean isOver(Event.LogEntry entry, long now) {
        if (entry instanceof Event.MessageStored message) {
            long seconds = message.properties().expirySeconds();
            return seconds > 0 && message.ts() + seconds * 1_000 <= now;
        }
        return false;
    }
}
