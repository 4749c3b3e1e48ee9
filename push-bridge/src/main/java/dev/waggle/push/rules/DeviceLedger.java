package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.spec.ConversationName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is remembered of one device. Owned by the thread of the {@link Ledger}. Times are Unix milliseconds. */
final class DeviceLedger {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final PushLimits limits;

    /** The one pushed longest ago first. */
    private final Map<ConversationName, Shown> shown = new LinkedHashMap<>();

    /** Threads that the device shows although they are read. */
    private final Set<String> read = new LinkedHashSet<>();

    /** When silent pushes went out, at most as many as there may be in an hour. */
    private final Deque<Long> silent = new ArrayDeque<>();

    private Budget budget = Budget.FULL;
    private @Nullable Integer badge;
    private long pushedAt;
    private long updatedAt;
    private long readAt;

    DeviceLedger(PushLimits limits) {
        this.limits = limits;
    }

    /**
     * The last push of one conversation.
     *
     * @param at when it went out
     * @param seq up to which messages were pushed
     * @param callSeq up to which calls were pushed
     * @param count messages that the device shows, 0: none any more
     */
    record Shown(long at, long seq, long callSeq, String thread, int count) {
        static final Shown NOTHING = new Shown(0, 0, 0, "", 0);
    }

    Shown shown(ConversationName conversation) {
        return shown.getOrDefault(conversation, Shown.NOTHING);
    }

    Budget budget() {
        return budget;
    }

    /** The number on the app as it was sent last, or null if none was. */
    @Nullable
    Integer badge() {
        return badge;
    }

    /** When something to be shown was sent last, or 0. */
    long pushedAt() {
        return pushedAt;
    }

    /** When an update was sent last, or 0. */
    long updatedAt() {
        return updatedAt;
    }

    /** When something was read of which the device knows nothing yet, or 0. */
    long readAt() {
        return readAt;
    }

    /** Threads that are to be taken away there. */
    List<String> read(int most) {
        return read.stream().limit(most).toList();
    }

    /** When the next silent push may go, if they are limited; at or before {@code now}: at once. */
    long nextSilentAt() {
        return silent.size() < limits.backgroundPerHour() ? 0 : silent.getFirst() + HOUR;
    }

    /** A push that is to be shown went out. */
    void pushed(ConversationName conversation, long seq, Push push, int total, long now) {
        Shown before = shown(conversation);
        boolean call = push.kind() == Push.Kind.CALL;
        shown.remove(conversation);
        shown.put(
                conversation,
                new Shown(
                        call ? before.at() : now,
                        call ? before.seq() : seq,
                        call ? seq : before.callSeq(),
                        push.thread(),
                        total));
        if (shown.size() > limits.threads()) {
            shown.remove(shown.keySet().iterator().next());
        }
        budget = budget.spend(now, limits);
        pushedAt = now;
        read.remove(push.thread());
        taken(push);
    }

    /** A silent push went out. */
    void updated(Push push, long now) {
        updatedAt = now;
        if (!push.dismiss().isEmpty()) {
            silent.addLast(now);
            if (silent.size() > limits.backgroundPerHour()) {
                silent.removeFirst();
            }
        }
        taken(push);
        readAt = read.isEmpty() ? 0 : readAt;
    }

    private void taken(Push push) {
        push.dismiss().forEach(read::remove);
        badge = push.badge() == null ? badge : push.badge();
    }

    /** The user has read this conversation elsewhere. */
    void read(ConversationName conversation, long upTo, long now) {
        Shown there = shown(conversation);
        if (there.count() > 0 && Math.max(there.seq(), there.callSeq()) <= upTo) {
            shown.replace(conversation, new Shown(there.at(), there.seq(), there.callSeq(), there.thread(), 0));
            remember(there.thread());
        }
        readAt = readAt == 0 ? now : readAt;
    }

    /** The user has read what the device may show under this thread, as far as anybody knows. */
    void readUnknown(String thread, long now) {
        remember(thread);
        readAt = now;
    }

    private void remember(String thread) {
        read.add(thread);
        if (read.size() > limits.threads()) {
            read.remove(read.iterator().next());
        }
    }

    /** The device learns what was read in another way. */
    void told() {
        read.clear();
        readAt = 0;
    }

    /** No update is needed for what was read until now; what is shown in vain goes with the next push. */
    void needsNoUpdate() {
        readAt = 0;
    }
}
