package dev.waggle.store.rules;

import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Rejection;
import org.jspecify.annotations.Nullable;

/** What follows from a command to a record. */
public sealed interface RecordDecision {

    /** @param event null: it was so already, nothing changes */
    record Accepted(Event.@Nullable RecordChanged event) implements RecordDecision {}

    /** Refused; nothing changes. */
    record Refused(Rejection rejection) implements RecordDecision {}
}
