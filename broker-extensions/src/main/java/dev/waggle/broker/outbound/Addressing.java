package dev.waggle.broker.outbound;

import dev.waggle.spec.Author;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.codec.EventPayload;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.topic.TopicFormatter;
import org.jspecify.annotations.Nullable;

/** The topics under which one user's devices get the items of the inbox. */
final class Addressing {
    private final UserId me;
    /** The last conversation and its name: messages come in runs of one conversation. */
    private @Nullable ConversationId last;

    private @Nullable ConversationName lastName;

    Addressing(UserId me) {
        this.me = me;
    }

    boolean isMe(Author from) {
        return from.user().equals(me);
    }

    /** Where the entry goes out, or would have if it had not been erased. */
    String topic(Event.LogEntry entry) {
        ConversationName name = name(entry.conversation());
        boolean message =
                entry instanceof Event.MessageErased erased ? !erased.edit() : entry instanceof Event.MessageStored;
        return message
                ? TopicFormatter.in(me, name, entry.from(), entry.seq(), entry.ts())
                : TopicFormatter.ev(me, name, EventPayload.kind(entry), entry.from(), entry.seq(), entry.ts());
    }

    String gap(ConversationId conversation) {
        return TopicFormatter.gap(me, name(conversation));
    }

    private ConversationName name(ConversationId conversation) {
        ConversationName name = lastName;
        if (name == null || !conversation.equals(last)) {
            name = conversation.seenBy(me);
            last = conversation;
            lastName = name;
        }
        return name;
    }
}
