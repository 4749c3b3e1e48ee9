package dev.waggle.store.rules;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.UserSettings;
import java.util.ArrayList;
import java.util.List;

/** The rules of a user's settings. Blocking somebody also withholds what waits of the conversation of the two. */
final class SettingsRules {
    private SettingsRules() {}

    static InboxDecision change(InboxState state, Command.ChangeSettings command) {
        UserId block = command.change().block();
        if (state.user().equals(block)) {
            return refused(Refusal.BAD_REQUEST, "nobody can block themselves");
        }
        UserSettings next = command.change().of(state.settings());
        if (next.blocked().size() > UserSettings.MOST_BLOCKED) {
            return refused(
                    Refusal.QUOTA,
                    "a user blocks at most " + UserSettings.MOST_BLOCKED + " others; unblock some of them first");
        }
        List<Event.OfInbox> events = new ArrayList<>(2);
        if (!next.equals(state.settings())) {
            events.add(new Event.UserSettingsChanged(state.user(), next));
            if (block != null && !state.settings().blocks(block)) {
                events.add(new Event.ConversationWithheld(
                        state.user(), ConversationId.direct(state.user(), block), state.last() + 1));
            }
        }
        return new InboxDecision.Accepted(events, new Reply.SettingsKept(next));
    }

    private static InboxDecision refused(Refusal refusal, String message) {
        return new InboxDecision.Refused(Rejection.of(refusal, message));
    }
}
