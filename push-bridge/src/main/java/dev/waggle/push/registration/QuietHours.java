package dev.waggle.push.registration;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours in which the user's devices stay silent (F4). It is quiet while the clock on the wall shows a time in them, whatever
 * is done to that clock: an hour that it shows twice is quiet twice, one that it leaves out is not missed. They begin on the
 * days given and may end on the next: a time {@code to} that is not after {@code from} is on the next day, so equal times
 * make a whole day.
 *
 * @param from first quiet minute
 * @param to first minute after
 * @param zone whose clock is meant
 * @param days on which they begin, at least one
 * @param hold true: pushes wait until the end; false: there are none
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days, boolean hold) {
    /** Quiet hours of one day may go on in those of the next: a week of them, and changes of the clock. */
    private static final int MOST_STEPS = 16;

    public QuietHours {
        days = Set.copyOf(days);
    }

    /** True if it is quiet at this time, Unix milliseconds. */
    public boolean covers(long now) {
        return endAt(local(now)) != null;
    }

    /**
     * When it ends, Unix milliseconds, if it is quiet now; otherwise {@code now}. If it never ends, a time at least a week
     * ahead.
     */
    public long until(long now) {
        long at = now;
        for (int i = 0; i < MOST_STEPS; i++) {
            LocalDateTime end = endAt(local(at));
            if (end == null) {
                return at;
            }
            at = nextChange(at, end);
        }
        return at;
    }

    /** When the clock shows the end for the first time from then on, or is changed before. */
    private long nextChange(long now, LocalDateTime end) {
        ZonedDateTime first = ZonedDateTime.of(end, zone).withEarlierOffsetAtOverlap();
        long shown = first.toInstant().toEpochMilli();
        if (shown <= now) {
            shown = first.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(now));
        return change == null ? shown : Math.min(shown, change.getInstant().toEpochMilli());
    }

    /** What the clock shows when it ends, if it is quiet when the clock shows {@code time}; otherwise null. */
    private @Nullable LocalDateTime endAt(LocalDateTime time) {
        LocalDate today = time.toLocalDate();
        LocalTime clock = time.toLocalTime();
        boolean overnight = !to.isAfter(from);
        if (!clock.isBefore(from) && (overnight || clock.isBefore(to)) && days.contains(today.getDayOfWeek())) {
            return (overnight ? today.plusDays(1) : today).atTime(to);
        }
        boolean sinceYesterday = overnight
                && clock.isBefore(to)
                && days.contains(today.minusDays(1).getDayOfWeek());
        return sinceYesterday ? today.atTime(to) : null;
    }

    private LocalDateTime local(long now) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(now), zone);
    }
}
