package dev.waggle.broker.testkit;

import java.time.Instant;
import java.time.InstantSource;

/** Time as the test wants it. */
public final class FakeClock implements InstantSource {
    /** Unix milliseconds. */
    public long now = 1_700_000_000_000L;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    public void advance(long millis) {
        now += millis;
    }
}
