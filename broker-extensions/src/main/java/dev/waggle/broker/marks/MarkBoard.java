package dev.waggle.broker.marks;

import dev.waggle.broker.marks.MarkNews.Told;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Mark;
import dev.waggle.store.Reads;
import dev.waggle.store.Reads.Audience;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the marks that moved and tells them, the newest only and at most once a second for each conversation, to those
 * who are here (PROTOCOL §2 {@code mark}). Who is away finds them on returning, by {@link Reads#marks}.
 *
 * <p>The committer adds, one timer thread tells; what is gathered is guarded by this object.
 */
public final class MarkBoard {
    private static final Logger log = LoggerFactory.getLogger(MarkBoard.class);
    private static final long PAUSE_MILLIS = 1_000;

    /** Conversations that wait; one more is told at once: a mark late is better than the memory of all. */
    private static final int MOST_WAITING = 65_536;

    private final MarkReceivers receivers;
    private final MarkLimits limits;
    private final InstantSource clock;
    /** Who moved in each conversation since it was last told. */
    private final Map<ConversationId, Map<UserId, Moved>> waiting = new HashMap<>();

    private final Map<ConversationId, Long> toldAt = new HashMap<>();

    public MarkBoard(MarkReceivers receivers, MarkLimits limits, InstantSource clock) {
        this.receivers = receivers;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * @param shown others are to be told
     * @param own the user's other devices are to be told
     */
    private record Moved(
            Mark mark, boolean shown, boolean own, @Nullable DeviceId by, long at) {
        static Moved of(Event.MarkMoved event) {
            Mark mark = event.mark();
            long at = Math.max(mark.shownAt(), mark.readAt());
            return new Moved(mark, mark.shownAt() == at, mark.readAt() == at, event.by(), at);
        }

        /** This one, after an earlier one that was not told. */
        Moved after(@Nullable Moved before) {
            if (before == null) {
                return this;
            }
            return new Moved(
                    mark,
                    shown || before.shown,
                    own || before.own,
                    own && before.own && before.by != null && !before.by.equals(by) ? null : own ? by : before.by,
                    Math.min(at, before.at));
        }
    }

    /** A mark moved. */
    @RunsOn("committer")
    public synchronized void moved(Event.MarkMoved event) {
        Map<UserId, Moved> gathered = waiting.computeIfAbsent(event.conversation(), id -> new LinkedHashMap<>());
        Moved moved = Moved.of(event);
        gathered.put(event.user(), moved.after(gathered.get(event.user())));
    }

    public MarkLimits limits() {
        return limits;
    }

    /**
     * Tells what is due. To be called every 50 ms by one timer thread.
     *
     * @param reads tell who is in a conversation
     */
    public void tick(Reads reads) {
        take().forEach((conversation, gathered) -> tell(reads, conversation, gathered));
    }

    private synchronized Map<ConversationId, Map<UserId, Moved>> take() {
        if (waiting.isEmpty() && toldAt.isEmpty()) {
            return Map.of();
        }
        long time = clock.millis();
        toldAt.values().removeIf(at -> time - at >= PAUSE_MILLIS || time < at);
        Map<ConversationId, Map<UserId, Moved>> due = new HashMap<>();
        boolean tooMany = waiting.size() > MOST_WAITING;
        waiting.entrySet().removeIf(entry -> {
            boolean isDue = tooMany || !toldAt.containsKey(entry.getKey());
            if (isDue) {
                due.put(entry.getKey(), entry.getValue());
                toldAt.put(entry.getKey(), time);
            }
            return isDue;
        });
        return due;
    }

    private void tell(Reads reads, ConversationId conversation, Map<UserId, Moved> gathered) {
        reads.audience(conversation).whenComplete((audience, failure) -> {
            if (failure != null) {
                log.debug("marks of {} are not told: {}", conversation, failure.toString());
                return;
            }
            for (UserId to : audience.members()) {
                if (receivers.isHere(to)) {
                    tell(conversation, gathered, to, audience);
                }
            }
        });
    }

    private void tell(ConversationId conversation, Map<UserId, Moved> gathered, UserId to, Audience audience) {
        Map<UserId, Told> told = new LinkedHashMap<>();
        List<Moved> used = new ArrayList<>();
        gathered.forEach((user, moved) -> {
            Told one = user.equals(to)
                    ? own(moved)
                    : audience.settings(to).blocks(user)
                            ? null
                            : others(moved, audience.members().size());
            if (one != null) {
                told.put(user, one);
                used.add(moved);
            }
        });
        if (told.isEmpty()) {
            return;
        }
        Moved mine = gathered.get(to);
        DeviceId by = mine == null || told.size() > 1 ? null : mine.by();
        long at = used.stream().mapToLong(Moved::at).min().orElse(0);
        receivers.marks(to, new MarkNews(conversation.seenBy(to), told, by, at));
    }

    private static @Nullable Told own(Moved moved) {
        return moved.own() ? Told.own(moved.mark()) : null;
    }

    private @Nullable Told others(Moved moved, int members) {
        boolean delivered = limits.tellsDelivered(members);
        boolean read = limits.tellsRead(members)
                && moved.mark().shownRead() >= moved.mark().firstSeq();
        return moved.shown() && (delivered || read) ? Told.of(moved.mark(), delivered) : null;
    }
}
