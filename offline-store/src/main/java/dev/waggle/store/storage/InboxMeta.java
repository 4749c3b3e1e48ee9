package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import java.util.Map;

/**
 * What is to know of an inbox besides its entries. The last position is not here: it is the key of the last row.
 *
 * @param firstPosition no entry stands below it, only gaps: the last position is never below {@code firstPosition - 1}
 * @param withheld entries of these conversations below these positions must not go out
 * @param everSeen the user has opened a session at least once
 * @param everDurable the user has had a durable device at least once
 * @param lastEpoch highest epoch given to a session of any device of the user: none is given twice, even after its
 *     record is gone
 */
public record InboxMeta(
        long firstPosition, Map<ConversationId, Long> withheld, boolean everSeen, boolean everDurable, long lastEpoch) {
    /** What counts while there is no row. */
    public static final InboxMeta NONE = new InboxMeta(1, Map.of(), false, false, 0);

    public InboxMeta {
        withheld = Map.copyOf(withheld);
    }
}
