package dev.waggle.auth.jwt.keys;

import java.time.Duration;

/** When the next fetch may begin: after failures ever later, for unknown keys a few in a window. Guarded by its owner. */
final class FetchBudget {
    /** For this long after two fetches for unknown keys no third one begins. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** After this many failures the pause stays the longest. */
    private static final int DOUBLINGS = 5;

    private int failures;
    private long failedAt;
    /** Of the last two fetches for unknown keys; 0: none yet. */
    private long last;

    private long lastButOne;

    boolean failing() {
        return failures > 0;
    }

    /** A fetch that age or absence of the keys asks for. */
    boolean regular(long now) {
        return failures == 0 || Math.abs(now - failedAt) >= pause();
    }

    /** Counts it if it may begin. */
    boolean forUnknownKey(long now) {
        if (!regular(now) || Math.abs(now - lastButOne) < WINDOW.toMillis()) {
            return false;
        }
        lastButOne = last;
        last = now;
        return true;
    }

    void succeeded() {
        failures = 0;
    }

    void failed(long now) {
        failures = Math.min(failures + 1, DOUBLINGS + 1);
        failedAt = now;
    }

    private long pause() {
        return Math.min(FIRST_PAUSE.toMillis() << (failures - 1), LONGEST_PAUSE.toMillis());
    }
}
