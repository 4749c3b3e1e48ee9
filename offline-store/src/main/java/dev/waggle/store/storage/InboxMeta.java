package dev.waggle.store.storage;

import dev.waggle.spec.ConversationId;
import java.util.Map;

/**
 * What is to know of an inbox besides its entries. The last position is not here: it is the key of the last row.
 *
 * @param firstPosition no row stands below it
 * @param withheld entries of these conversations below these positions must not go out
 * @param everSeen the user has opened a session at least once
 * @param everDurable the user has had a durable device at least once
 */
public record InboxMeta(long firstPosition, Map<ConversationId, Long> withheld, boolean everSeen, boolean everDurable) {
    /** What counts while there is no row. */
    public static final InboxMeta NONE = new InboxMeta(1, Map.of(), false, false);

    public InboxMeta {
        withheld = Map.copyOf(withheld);
    }
}
