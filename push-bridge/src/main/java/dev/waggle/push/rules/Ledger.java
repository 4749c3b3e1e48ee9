package dev.waggle.push.rules;

import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;

/**
 * What was pushed lately, per device: of which conversation and when, how much of the budgets is left, which number the app
 * shows. In memory only, and bounded: the device that was looked at longest ago is forgotten first. What is forgotten only
 * costs a repeat or an early push. Owned by one thread.
 */
public final class Ledger {
    private final PushLimits limits;
    private final int most;

    /** @param most devices that are remembered, of all users together */
    public Ledger(PushLimits limits, int most) {
        this.limits = limits;
        this.most = most;
    }

    /**
     * Notes what was decided, once it is safe that it happens: a push that is in the outbox counts as sent.
     *
     * @param now Unix milliseconds
     */
    public void note(UserId user, Decision decision, long now) {}

    /** The device has gone for good, or is another one now. */
    public void forget(UserId user, DeviceId device) {}

    /** Devices that are remembered. */
    public int size() {
        return 0;
    }
}
