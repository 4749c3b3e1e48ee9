package dev.waggle.broker.push;

import dev.waggle.push.Outcome;
import dev.waggle.push.rules.Reason;

/** Counts what happens to pushes. Any thread. */
public interface PushCounts {
    /** One try has its outcome. */
    void tried(OutletId outlet, Outcome outcome, long millis);

    /** It will be tried once more. */
    void retried(OutletId outlet);

    /**
     * A push was taken by a provider.
     *
     * @param millis from the commit of the oldest message that it stands for
     * @param messages that it stands for
     */
    void accepted(OutletId outlet, long millis, int messages);

    /** There was no push for something. */
    void left(Reason reason);

    /** A push is not sent any more: its time has passed, or it cannot be sent. */
    void given(OutletId outlet, boolean expired);

    /** A registration was given up. */
    void pruned(OutletId outlet);
}
