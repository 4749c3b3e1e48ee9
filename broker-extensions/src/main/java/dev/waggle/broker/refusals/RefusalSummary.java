package dev.waggle.broker.refusals;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a minute for each kind of refusal, however many there were: a flood must not fill the disk with its log. */
final class RefusalSummary {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalJournal.class);
    private static final long MINUTE = 60_000;

    /** Kinds beyond these share their line. */
    private static final int MOST_LINES = 20;

    private final Map<Kind, Sum> sums = new HashMap<>();
    private long begun;

    private record Kind(Refused.What what, int code) {}

    private record Sum(long count, Refused last) {}

    RefusalSummary(long now) {
        begun = now;
    }

    void add(Refused refused) {
        sums.merge(
                new Kind(refused.what(), refused.code()),
                new Sum(1, refused),
                (before, one) -> new Sum(before.count() + 1, refused));
    }

    void tick(long now) {
        if (now - begun < MINUTE && now >= begun) {
            return;
        }
        begun = now;
        List<Map.Entry<Kind, Sum>> most = sums.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<Kind, Sum> entry) -> entry.getValue().count())
                        .reversed())
                .limit(MOST_LINES)
                .toList();
        for (Map.Entry<Kind, Sum> entry : most) {
            Refused last = entry.getValue().last();
            LOG.info(
                    "refused in the last minute: {} {} {}, the last from {}: {}",
                    entry.getValue().count(),
                    entry.getKey().what().name().toLowerCase(Locale.ROOT),
                    code(last),
                    last.address(),
                    last.reason());
        }
        sums.clear();
    }

    private static String code(Refused refused) {
        return refused.what() == Refused.What.REQUEST
                ? Integer.toString(refused.code())
                : "0x%02X".formatted(refused.code());
    }
}
