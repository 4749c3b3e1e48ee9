package dev.waggle.spec.codec;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.topic.ServerTopic;

/** What {@code ev/{conv}/{kind}/…} and {@code history} tell of a log entry that is no message: its kind and its JSON. */
public final class EventPayload {
    private EventPayload() {}

    /** The kind, as it stands in topics. */
    public static String kind(Event.LogEntry entry) {
        if (entry instanceof Event.MembersChanged) {
            return ServerTopic.Ev.MEMBER;
        }
        if (entry instanceof Event.MessageEdited || (entry instanceof Event.MessageErased erased && erased.edit())) {
            return ServerTopic.Ev.EDIT;
        }
        if (entry instanceof Event.MessagesDeleted) {
            return ServerTopic.Ev.DELETE;
        }
        if (entry instanceof Event.SettingsChanged) {
            return ServerTopic.Ev.META;
        }
        throw notAnEvent(entry);
    }

    /** The payload. */
    public static Bytes json(Event.LogEntry entry) {
        if (entry instanceof Event.MembersChanged change) {
            return GroupJson.member(change);
        }
        if (entry instanceof Event.SettingsChanged change) {
            return GroupJson.meta(change.change());
        }
        if (entry instanceof Event.MessageEdited edited) {
            return ErasureJson.edit(edited);
        }
        if (entry instanceof Event.MessagesDeleted deleted) {
            return ErasureJson.delete(deleted);
        }
        throw notAnEvent(entry);
    }

    private static IllegalArgumentException notAnEvent(Event.LogEntry entry) {
        return new IllegalArgumentException("entry " + entry.seq() + " is no event");
    }
}
