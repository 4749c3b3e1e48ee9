package dev.waggle.broker.moderation;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reports there are, without their messages: which, in which order, how many. Some 1 KiB each. Guarded by its owner.
 */
final class ReportQueue {
    /** Closed ones that are kept: to look back, not for ever. */
    static final int MOST_CLOSED = 1_000;

    /** Nobody fills the queue alone. */
    static final int OPEN_OF_ONE_USER = 20;

    static final int AN_HOUR_OF_ONE_USER = 10;
    private static final long HOUR_MILLIS = 3_600_000;

    private record Place(long at, String id) {}

    private final int mostOpen;
    private final TreeMap<Place, Report> inOrder =
            new TreeMap<>(Comparator.comparingLong(Place::at).thenComparing(Place::id));
    private final Map<String, Place> places = new HashMap<>();
    private int open;

    ReportQueue(int mostOpen) {
        this.mostOpen = mostOpen;
    }

    /** As it is now, a new one too. */
    void put(Report report) {
        remove(report.id());
        Place place = new Place(report.at(), report.id());
        places.put(report.id(), place);
        inOrder.put(place, report.head());
        open += report.closing() == null ? 1 : 0;
    }

    void remove(String id) {
        Place place = places.remove(id);
        Report gone = place == null ? null : inOrder.remove(place);
        open -= gone != null && gone.closing() == null ? 1 : 0;
    }

    @Nullable
    Report find(String id) {
        Place place = places.get(id);
        return place == null ? null : inOrder.get(place);
    }

    /** Why there is no room for one more, or null. A rule takes at most half of it. */
    @Nullable
    Rejection refusal(@Nullable UserId reporter, long now) {
        if (open >= (reporter == null ? mostOpen / 2 : mostOpen)) {
            return Rejection.of(Refusal.QUOTA, "too many reports wait for a moderator; try again later");
        }
        if (reporter == null) {
            return null;
        }
        int mine = 0;
        int ofLate = 0;
        for (Report one : inOrder.values()) {
            if (reporter.equals(one.reporter())) {
                mine += one.closing() == null ? 1 : 0;
                ofLate += one.at() > now - HOUR_MILLIS ? 1 : 0;
            }
        }
        if (ofLate >= AN_HOUR_OF_ONE_USER) {
            return Rejection.of(
                    Refusal.RATE_LIMITED, "at most " + AN_HOUR_OF_ONE_USER + " reports of a user within an hour");
        }
        return mine >= OPEN_OF_ONE_USER
                ? Rejection.of(Refusal.QUOTA, "at most " + OPEN_OF_ONE_USER + " reports of a user wait at a time")
                : null;
    }

    /** The oldest closed ones beyond those that are kept. */
    List<String> surplus() {
        long closed = inOrder.size() - open;
        return closed <= MOST_CLOSED
                ? List.of()
                : inOrder.values().stream()
                        .filter(one -> one.closing() != null)
                        .limit(closed - MOST_CLOSED)
                        .map(Report::id)
                        .toList();
    }

    int open() {
        return open;
    }

    /**
     * The oldest first.
     *
     * @param after the last of the page before, or null; one that is gone begins anew
     */
    List<Report> list(Predicate<Report> wanted, @Nullable String after, int limit) {
        Place place = after == null ? null : places.get(after);
        return (place == null ? inOrder : inOrder.tailMap(place, false))
                .values().stream().filter(wanted).limit(limit).toList();
    }
}
