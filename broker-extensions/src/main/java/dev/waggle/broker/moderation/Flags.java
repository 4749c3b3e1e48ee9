package dev.waggle.broker.moderation;

import dev.waggle.spec.message.Event;

/** Takes what rules have found in messages that are stored. Any thread; never waits. */
@FunctionalInterface
public interface Flags {
    void flag(Report.Cause cause, String found, Event.MessageStored message);
}
