package dev.waggle.broker.push;

import dev.waggle.push.Outcome;
import dev.waggle.push.rules.Reason;

/** Counts nothing: what tests look at, they see elsewhere. */
final class CountedPushes implements PushCounts {
    @Override
    public void tried(String provider, Outcome outcome, long millis) {}

    @Override
    public void accepted(String provider, long millis, int messages) {}

    @Override
    public void left(Reason reason) {}

    @Override
    public void given(String provider, boolean expired) {}

    @Override
    public void pruned(String provider) {}
}
