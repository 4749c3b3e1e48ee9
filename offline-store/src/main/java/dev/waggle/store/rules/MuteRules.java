package dev.waggle.store.rules;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a conversation somebody who has a part in it wants to be told: nobody else hears of it. */
final class MuteRules {
    private MuteRules() {}

    static ConversationDecision mute(
            RuleLimits limits, Command.MuteConversation mute, OwnSettings own, @Nullable Bytes hash) {
        OwnSettings next = mute.change().of(own, mute.now());
        Reply reply = new Reply.Muted(next.mutedUntil(), next.level());
        return new ConversationDecision.Accepted(
                null,
                ConversationRules.remember(limits, mute, hash, reply),
                reply,
                List.of(),
                List.of(),
                List.of(),
                next.equals(own)
                        ? null
                        : new Event.OwnChanged(
                                mute.actor().user(),
                                mute.conversation(),
                                next,
                                mute.actor().device()));
    }
}
