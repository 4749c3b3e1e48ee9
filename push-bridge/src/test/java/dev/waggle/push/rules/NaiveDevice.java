package dev.waggle.push.rules;

import dev.waggle.spec.ConversationName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules once more, as somebody would say them: looks at every message every time, and remembers everything. */
final class NaiveDevice {
    private final PushLimits limits;

    final Set<Long> acknowledged = new HashSet<>();
    boolean online;
    long since;

    private final Set<Long> pushed = new HashSet<>();
    private final Map<ConversationName, Long> lastPush = new HashMap<>();
    private long tokens;
    private long countedAt;

    NaiveDevice(PushLimits limits, long now) {
        this.limits = limits;
        since = now - 3_600_000;
        restart(now, 0);
    }

    /** The process has forgotten all that it had not settled. */
    void restart(long now, long handled) {
        pushed.clear();
        lastPush.clear();
        for (long position = 1; position <= handled; position++) {
            pushed.add(position);
        }
        tokens = limits.burst() * limits.refill().toMillis();
        countedAt = now;
    }

    /** Messages of the conversation that wait for a push now, whether it may go or not. */
    List<Waiting> due(List<Waiting> all, ConversationName conversation, long now) {
        List<Waiting> due = new ArrayList<>();
        for (Waiting message : all) {
            boolean asleep = online ? now >= Math.max(message.ts(), since) + 5_000 : now >= since + 3_000;
            if (message.conversation().equals(conversation)
                    && asleep
                    && !acknowledged.contains(message.position())
                    && !pushed.contains(message.position())
                    && !message.read()
                    && !message.from().equals(Scene.ME)
                    && message.own().mutedUntil() <= now
                    && now < message.ts() + limits.ttl().toMillis()) {
                due.add(message);
            }
        }
        return due;
    }

    /** True if a push of these may go now, as far as there is budget. */
    boolean mayGo(List<Waiting> due, ConversationName conversation, long activeAt, long now) {
        boolean active = activeAt > 0 && now - activeAt <= 60_000;
        boolean delayed = active && now < due.get(0).ts() + 30_000;
        Long last = lastPush.get(conversation);
        return !delayed && (last == null || now - last >= 10_000);
    }

    /** Whole pushes that the budget has now. */
    int budget(long now) {
        long refill = limits.refill().toMillis();
        tokens = Math.min(limits.burst() * refill, tokens + now - countedAt);
        countedAt = now;
        return (int) (tokens / refill);
    }

    void push(List<Waiting> messages, ConversationName conversation, long now) {
        messages.forEach(message -> pushed.add(message.position()));
        lastPush.put(conversation, now);
        tokens -= limits.refill().toMillis();
    }
}
