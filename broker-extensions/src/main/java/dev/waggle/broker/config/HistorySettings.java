package dev.waggle.broker.config;

import dev.waggle.spec.HistoryLimits;
import java.time.Duration;
import java.util.List;

/** The keys of what is kept of a conversation, and how long it may be changed. */
final class HistorySettings {
    static final Setting<Integer> ENTRIES = new Setting<>(
            "limits.history.entries",
            "entries",
            "10000",
            Kind.whole(10, 10_000_000),
            "messages and events of one conversation; the oldest beyond it go");
    static final Setting<Duration> AGE = new Setting<>(
            "limits.history.age", "", "365d", Kind.span("1h", "36500d"), "how old a message may be before it goes");
    static final Setting<Duration> EDIT_WINDOW = new Setting<>(
            "limits.edit.window",
            "",
            "24h",
            Kind.span("0s", "36500d"),
            "how long after sending the author may edit a message; 0s: never");
    static final Setting<Duration> RECALL_WINDOW = new Setting<>(
            "limits.recall.window",
            "",
            "24h",
            Kind.span("0s", "36500d"),
            "how long after sending the author may delete a message for all; 0s: never");

    static final List<Setting<?>> ALL = List.of(ENTRIES, AGE, EDIT_WINDOW, RECALL_WINDOW);

    private HistorySettings() {}

    static HistoryLimits read(Values values) {
        return new HistoryLimits(values.of(ENTRIES), values.of(AGE), values.of(EDIT_WINDOW), values.of(RECALL_WINDOW));
    }
}
