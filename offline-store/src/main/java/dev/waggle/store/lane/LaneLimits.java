package dev.waggle.store.lane;

import java.time.Duration;

/**
 * What one committer may hold.
 *
 * @param queueCommands commands taken and not settled; what would wait longer than a fifth of a second at 50,000/s
 *     waits better in the sockets of those who send it
 * @param queueBytes the same in bytes of bodies and lists: an eighth of the smallest heap (256 MiB)
 * @param groupCommands commands of one group: enough to share a slow fsync, few enough to keep its write below a few
 *     milliseconds
 * @param groupBytes after this much to write the group is closed, for the same reason
 * @param cacheBytes estimated size of the states in memory: about 100,000 users' at the default
 * @param firstRetry pause before the first attempt to reopen a failed store; it doubles
 * @param longestRetry and ends here, so that a disk with space again is noticed within seconds
 * @param closing how long a close waits for commands that are being warmed
 */
public record LaneLimits(
        int queueCommands,
        long queueBytes,
        int groupCommands,
        long groupBytes,
        long cacheBytes,
        Duration firstRetry,
        Duration longestRetry,
        Duration closing) {

    public static LaneLimits defaults() {
        return new LaneLimits(
                10_000,
                32L << 20,
                1_024,
                4L << 20,
                48L << 20,
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }
}
