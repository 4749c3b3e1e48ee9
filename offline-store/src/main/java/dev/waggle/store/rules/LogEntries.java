package dev.waggle.store.rules;

import dev.waggle.spec.message.Event;
import org.jspecify.annotations.Nullable;

/** Entries of the command's conversation that a rule may look at, with their bodies left out. */
@FunctionalInterface
public interface LogEntries {
    /** No command that looks at any. */
    LogEntries NONE = seq -> null;

    /** The message, edit or erased entry with this seq; null if there is none, or it is another event. */
    Event.@Nullable LogEntry at(long seq);
}
