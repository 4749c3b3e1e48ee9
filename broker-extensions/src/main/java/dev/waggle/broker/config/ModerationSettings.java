package dev.waggle.broker.config;

import java.util.List;

/** The keys of what is done about messages that others should not have to see. */
final class ModerationSettings {
    static final Setting<Integer> OPEN_REPORTS = new Setting<>(
            "moderation.reports.open",
            "reports",
            "1000",
            Kind.whole(1, 10_000),
            "reports that wait for a moderator at a time; above it, more are refused");

    static final List<Setting<?>> ALL = List.of(OPEN_REPORTS);

    private ModerationSettings() {}

    static WaggleConfig.Moderation read(Values values) {
        return new WaggleConfig.Moderation(values.of(OPEN_REPORTS));
    }
}
