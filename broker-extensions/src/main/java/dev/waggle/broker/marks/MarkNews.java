package dev.waggle.broker.marks;

import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Mark;
import dev.waggle.store.Reads.ChangedMarks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks of one conversation, as one user is told of them: of others what they show, of the user what was read.
 *
 * @param conversation as this user sees it
 * @param marks that changed, at least one
 * @param by the device on which the user read, which knows it already, or null
 * @param at when the oldest of the changes was, Unix milliseconds
 */
public record MarkNews(
        ConversationName conversation,
        Map<UserId, Told> marks,
        @Nullable DeviceId by,
        long at) {
    public MarkNews {
        marks = Map.copyOf(marks);
    }

    /**
     * How far somebody has come.
     *
     * @param delivered highest seq received, as far as it is told
     * @param read highest seq read, as far as it is told
     */
    public record Told(long delivered, long read) {
        /** The further of two tellings, in whatever order they came. */
        public Told furthest(Told other) {
            return new Told(Math.max(delivered, other.delivered), Math.max(read, other.read));
        }

        static Told own(Mark mark) {
            return new Told(mark.delivered(), mark.read());
        }

        static Told of(Mark mark, boolean tellsDelivered) {
            return new Told(tellsDelivered ? mark.shownDelivered() : mark.shownRead(), mark.shownRead());
        }
    }

    /**
     * What a device that was away is told of a conversation, or null if nothing is.
     *
     * @param me whose device it is
     * @param since everything that changed later is in it
     */
    public static @Nullable MarkNews of(UserId me, ChangedMarks changed, MarkLimits limits, long since) {
        Map<UserId, Told> told = new LinkedHashMap<>();
        changed.marks().forEach((user, mark) -> {
            if (user.equals(me)) {
                told.put(user, Told.own(mark));
            } else if (limits.tellsDelivered(changed.members())
                    || (limits.tellsRead(changed.members()) && mark.shownRead() >= mark.firstSeq())) {
                told.put(user, Told.of(mark, limits.tellsDelivered(changed.members())));
            }
        });
        return told.isEmpty() ? null : new MarkNews(changed.conversation(), told, null, since);
    }
}
