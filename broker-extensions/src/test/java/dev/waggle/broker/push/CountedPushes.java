package dev.waggle.broker.push;

import dev.waggle.push.Outcome;
import dev.waggle.push.rules.Reason;

/** Counts nothing: what tests look at, they see elsewhere. */
final class CountedPushes implements PushCounts {
    @Override
    public void tried(OutletId outlet, Outcome outcome, long millis) {}

    @Override
    public void accepted(OutletId outlet, long millis, int messages) {}

    @Override
    public void left(Reason reason) {}

    @Override
    public void given(OutletId outlet, boolean expired) {}

    @Override
    public void pruned(OutletId outlet) {}
}
