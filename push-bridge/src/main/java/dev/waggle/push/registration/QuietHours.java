package dev.waggle.push.registration;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Hours in which the user's devices stay silent, by the clock on the wall: also over a change of that clock (F4). They
 * begin on the days given and may end on the next. A time {@code to} that is not after {@code from} is on the next day, so
 * equal times make a whole day.
 *
 * @param from first quiet minute
 * @param to first minute after
 * @param zone whose clock is meant
 * @param days on which they begin, at least one
 * @param hold true: pushes wait until the end; false: there are none
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days, boolean hold) {
    public QuietHours {
        days = Set.copyOf(days);
    }

    /** True if it is quiet at this time, Unix milliseconds. */
    public boolean covers(long now) {
        return until(now) > now;
    }

    /** When it ends, Unix milliseconds, if it is quiet now; otherwise {@code now}. */
    public long until(long now) {
        return now;
    }
}
