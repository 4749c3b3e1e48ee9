package dev.waggle.auth.password;

import java.time.Duration;

/** When a process that ended by itself may be started again. Pure; milliseconds of one clock. */
final class RestartPause {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Who lived as long as this begins a new series. */
    private static final Duration CALM = Duration.ofMinutes(1);

    /** After this many the pause stays the longest. */
    private static final int MOST = 8;

    private int series;
    private long notBefore;

    /** The first of a series may be followed at once: it may have been the one that somebody killed. */
    void ended(long startedAt, long now) {
        series = now - startedAt >= CALM.toMillis() ? 1 : Math.min(series + 1, MOST);
        long pause = series == 1 ? 0 : Math.min(FIRST.toMillis() << (series - 2), LONGEST.toMillis());
        notBefore = now + pause;
    }

    /** Also true if the clock was set back by more than a pause lasts. */
    boolean isOver(long now) {
        return now >= notBefore || notBefore - now > LONGEST.toMillis();
    }
}
