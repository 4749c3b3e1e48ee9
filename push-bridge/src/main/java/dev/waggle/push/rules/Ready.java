package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import java.util.List;

/**
 * What one push would stand for.
 *
 * @param entries ascending, at least one
 */
record Ready(ConversationName conversation, Push.Kind kind, List<Waiting> entries) {
    Ready {
        entries = List.copyOf(entries);
    }

    static Ready call(Waiting entry) {
        return new Ready(entry.conversation(), Push.Kind.CALL, List.of(entry));
    }

    /** All of one conversation in one push (F5): the most urgent that there is decides what it is. */
    static Ready messages(List<Waiting> entries) {
        Push.Kind kind = Push.Kind.INVITATION;
        for (Waiting entry : entries) {
            if (entry.kind() == Waiting.Kind.INVITATION) {
                continue;
            }
            if (entry.mention()) {
                kind = Push.Kind.MENTION;
            } else if (kind == Push.Kind.INVITATION) {
                kind = Push.Kind.MESSAGE;
            }
        }
        return new Ready(entries.get(0).conversation(), kind, entries);
    }

    Waiting oldest() {
        return entries.get(0);
    }

    Waiting newest() {
        return entries.get(entries.size() - 1);
    }

    /** What is told of: the messages if there are any, otherwise the invitation. */
    List<Waiting> told() {
        return kind == Push.Kind.INVITATION
                ? entries
                : entries.stream()
                        .filter(entry -> entry.kind() == Waiting.Kind.MESSAGE)
                        .toList();
    }
}
