package dev.waggle.spec;

import java.time.Duration;

/**
 * What is kept of a conversation, and how long it may be changed.
 *
 * @param entries messages and events of one conversation before the oldest go
 * @param age how old they may be before they go
 * @param editWindow how long after sending the author may edit a message
 * @param recallWindow how long after sending the author may delete a message for all
 */
public record HistoryLimits(int entries, Duration age, Duration editWindow, Duration recallWindow) {
    public static HistoryLimits defaults() {
        return new HistoryLimits(10_000, Duration.ofDays(365), Duration.ofHours(24), Duration.ofHours(24));
    }
}
