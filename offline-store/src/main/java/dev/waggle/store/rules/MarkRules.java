package dev.waggle.store.rules;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of reading: only who is in a conversation, only what is there, only forward. Pure and deterministic. */
public final class MarkRules {
    private MarkRules() {}

    /**
     * @param state of the conversation
     * @param receipts false if the user tells nobody what it reads
     * @param mark of the user in it, or null if nothing was ever said to the user there
     */
    public static InboxDecision read(
            ConversationState state, @Nullable Mark mark, boolean receipts, Command.MarkRead command) {
        if (state.id() instanceof ConversationId.Direct direct) {
            if (!direct.has(command.user())) {
                return new InboxDecision.Refused(
                        Rejection.of(Refusal.NOT_ALLOWED, "only the two people of a conversation read it"));
            }
        } else if (state.group() == null || state.group().member(command.user()) == null) {
            return new InboxDecision.Refused(Rejection.of(Refusal.NOT_MEMBER, ConversationRules.NOT_MEMBER));
        }
        Mark next = mark == null
                ? null
                : mark.read(Math.min(command.seq(), state.lastSeq()), receipts && !command.isPrivate(), command.now());
        List<Event.OfInbox> events = next == null || next.equals(mark)
                ? List.of()
                : List.of(new Event.MarkMoved(
                        command.user(), state.id(), next, command.actor().device()));
        return new InboxDecision.Accepted(events, new Reply.Done());
    }
}
