package dev.waggle.store.rules;

import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;

/**
 * The rules of records: a change is 'this instead of the version that I saw', so that of two at once one wins. Pure and
 * deterministic.
 *
 * <p>Versions of a record rise also over a deletion, as long as the server's time does: who saw one that was deleted and
 * made again does not take the new one for the old one. So the version of a new record is the time of the command.
 */
public final class RecordRules {
    private RecordRules() {}

    public static RecordDecision decide(RecordState state, Command.PutRecord command) {
        if (state.version() != command.expected()) {
            return state.version() == 0
                    ? refused(Refusal.NOT_FOUND, "there is no such record, expected was version " + command.expected())
                    : refused(
                            Refusal.EXISTS,
                            "the record is of version " + state.version() + ", expected was " + command.expected());
        }
        if (command.value() == null && state.version() == 0) {
            return new RecordDecision.Accepted(null);
        }
        long version = Math.max(state.version() + 1, command.now());
        return new RecordDecision.Accepted(new Event.RecordChanged(command.key(), version, command.value()));
    }

    private static RecordDecision refused(Refusal refusal, String message) {
        return new RecordDecision.Refused(Rejection.of(refusal, message));
    }

    public static RecordState apply(Event.RecordChanged event) {
        return event.value() == null ? RecordState.NONE : new RecordState(event.version());
    }
}
