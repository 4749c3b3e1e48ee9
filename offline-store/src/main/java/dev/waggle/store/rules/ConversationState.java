package dev.waggle.store.rules;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a conversation. Immutable; shares the group with the states before it.
 *
 * @param id which
 * @param lastSeq 0 if nothing was ever said
 * @param lastTs time of the last entry, Unix milliseconds, 0 if there is none
 * @param group members, or null for one-to-one and for groups that never were
 */
public record ConversationState(
        ConversationId id,
        long lastSeq,
        long lastTs,
        @Nullable GroupState group) {

    /** A conversation in which nothing was ever said. */
    public static ConversationState none(ConversationId id) {
        return new ConversationState(id, 0, 0, null);
    }

    /** Everybody whose inbox gets a message of this conversation, in order of their ids. */
    public List<UserId> recipients() {
        if (id instanceof ConversationId.Direct direct) {
            return direct.low().equals(direct.high()) ? List.of(direct.low()) : List.of(direct.low(), direct.high());
        }
        return group == null ? List.of() : group.users();
    }
}
