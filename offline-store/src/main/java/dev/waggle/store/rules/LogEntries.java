package dev.waggle.store.rules;

import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.OwnSettings;
import org.jspecify.annotations.Nullable;

/** What a rule may look at besides the head of the conversation: entries without their bodies, and own settings. */
@FunctionalInterface
public interface LogEntries {
    /** No command that looks at any. */
    LogEntries NONE = seq -> null;

    /** The message, edit or erased entry with this seq; null if there is none, or it is another event. */
    Event.@Nullable LogEntry at(long seq);

    /** What the user who asks has set for the conversation; for {@code Command.ForOneself} alone. */
    default OwnSettings own() {
        return OwnSettings.NONE;
    }

    /** Only own settings. */
    static LogEntries with(OwnSettings own) {
        return new LogEntries() {
            @Override
            public Event.@Nullable LogEntry at(long seq) {
                return null;
            }

            @Override
            public OwnSettings own() {
                return own;
            }
        };
    }
}
