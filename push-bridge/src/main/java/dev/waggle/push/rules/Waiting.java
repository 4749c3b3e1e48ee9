package dev.waggle.push.rules;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.OwnSettings;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a user's inbox that may deserve a push. What the user may no longer see was taken out before.
 *
 * @param position in the inbox
 * @param ts when it was stored, Unix milliseconds
 * @param conversation as the user sees it
 * @param seq in the conversation
 * @param from who caused it; the user's own are no reason to push
 * @param kind what it is
 * @param mention true: it names the user
 * @param wish what the sender wants to happen to a sleeping device
 * @param expiresAt nobody is to see it after that, Unix milliseconds; 0: never
 * @param text the body of a text message, at most 1,000 code points, or null
 * @param contentType as the sender gave it, or null
 * @param own what the user has set for the conversation
 * @param read true: the user has read it, on whatever device
 * @param groupName name of the group, or null if it has none or it is no group
 */
public record Waiting(
        long position,
        long ts,
        ConversationName conversation,
        long seq,
        UserId from,
        Kind kind,
        boolean mention,
        Wish wish,
        long expiresAt,
        @Nullable String text,
        @Nullable String contentType,
        OwnSettings own,
        boolean read,
        @Nullable String groupName) {

    /** What an entry is. */
    public enum Kind {
        MESSAGE,
        /** The user was invited, or added to a group. */
        INVITATION
    }

    /** What the sender wants to happen to a sleeping device. */
    public enum Wish {
        /** What the user has set. */
        USUAL,
        /** That it sleeps on. */
        NONE,
        /** That it rings now, or not at all (F11). */
        CALL
    }

    /** True if it must ring now. */
    public boolean isCall() {
        return kind == Kind.MESSAGE && wish == Wish.CALL;
    }

    /** The same as if it had been stored then, Unix milliseconds. */
    public Waiting storedAt(long then) {
        return new Waiting(
                position,
                then,
                conversation,
                seq,
                from,
                kind,
                mention,
                wish,
                expiresAt,
                text,
                contentType,
                own,
                read,
                groupName);
    }

    /** No content: that stays out of logs. */
    @Override
    public String toString() {
        return "entry " + position;
    }
}
