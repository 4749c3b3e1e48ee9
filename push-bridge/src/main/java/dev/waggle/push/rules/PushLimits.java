package dev.waggle.push.rules;

import java.time.Duration;

/**
 * How soon, how often and how long there are pushes.
 *
 * @param unacknowledgedAfter a connected device that has not acknowledged for so long is taken for asleep
 * @param grace a device that has gone may come back within it: phones change between networks all day
 * @param activeWithin a person did something so recently that it may well see a message there
 * @param window at most one push of a conversation to a device in it, after the first
 * @param burst pushes to a device at once; FCM allows 20 to those it may collapse, APNs says no number
 * @param refill time for one more after that: 240 a minute is the limit of FCM, a person's is lower
 * @param perHour pushes to a device: FCM drops above 5,000, a person long before
 * @param backgroundPerHour silent pushes to a device at APNs, which asks for no more than two or three
 * @param ttl a message this old wakes nobody: it is seen when the app is opened
 * @param callTtl nobody is on the line any more
 * @param heldAtMost a message that would be held longer is not pushed at all, so that what waits stays bounded; longer than
 *     a weekend
 * @param gather a person who reads several conversations causes one update; within the two seconds that F8 asks for
 * @param updateEvery at most one update of a device in it
 * @param stale a registration not renewed for so long is counted as stale
 * @param forgotten one not renewed for so long is deleted: FCM rejects it by then
 * @param threads conversations remembered per device; no phone shows more notifications of one app (Android: 50)
 */
public record PushLimits(
        Duration unacknowledgedAfter,
        Duration grace,
        Duration activeWithin,
        Duration window,
        int burst,
        Duration refill,
        int perHour,
        int backgroundPerHour,
        Duration ttl,
        Duration callTtl,
        Duration heldAtMost,
        Duration gather,
        Duration updateEvery,
        Duration stale,
        Duration forgotten,
        int threads) {

    /** The same at another pace. */
    public PushLimits with(Duration newUnacknowledgedAfter, Duration newGrace, Duration newWindow, Duration newTtl) {
        return new PushLimits(
                newUnacknowledgedAfter,
                newGrace,
                activeWithin,
                newWindow,
                burst,
                refill,
                perHour,
                backgroundPerHour,
                newTtl,
                callTtl,
                heldAtMost,
                gather,
                updateEvery,
                stale,
                forgotten,
                threads);
    }

    /** As long as nothing else is configured. */
    public static final PushLimits USUAL = new PushLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            20,
            Duration.ofSeconds(3),
            1_000,
            3,
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofHours(72),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofDays(30),
            Duration.ofDays(270),
            64);

    public PushLimits {
        if (burst < 1 || perHour < 1 || backgroundPerHour < 1 || threads < 1) {
            throw new IllegalArgumentException("burst, perHour, backgroundPerHour and threads must be at least 1");
        }
    }
}
