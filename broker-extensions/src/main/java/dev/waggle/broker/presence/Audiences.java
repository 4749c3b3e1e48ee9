package dev.waggle.broker.presence;

import dev.waggle.spec.ConversationId;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.Audience;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is in a conversation and what they have decided, for what is not kept: as of at most a second ago, so that a right
 * lost is lost here within that time, and that a chat in which everybody types is not read for each letter. Any thread.
 */
final class Audiences {
    private static final long LIFE_MILLIS = 1_000;

    /** About as many as one second brings; a group of 1,000 takes some 20 KB. */
    private static final int MOST = 4_096;

    private final Reads reads;
    private final InstantSource clock;
    private final ConcurrentHashMap<ConversationId, Known> known = new ConcurrentHashMap<>();

    Audiences(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    private record Known(CompletionStage<Audience> audience, long until) {}

    CompletionStage<Audience> of(ConversationId conversation) {
        long now = clock.millis();
        Known found = known.get(conversation);
        if (found != null && now < found.until && found.until <= now + LIFE_MILLIS) {
            return found.audience;
        }
        if (known.size() >= MOST) {
            known.values().removeIf(one -> now >= one.until);
        }
        CompletionStage<Audience> audience = reads.audience(conversation);
        if (known.size() < MOST) {
            known.put(conversation, new Known(audience, now + LIFE_MILLIS));
        }
        return audience;
    }
}
