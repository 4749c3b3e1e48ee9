package dev.waggle.broker.marks;

import dev.waggle.spec.UserId;

/** Hands news of marks to the devices that a user has here now. Any thread. */
public interface MarkReceivers {
    /** True if the user has a device here: without one nothing needs to be found out. */
    boolean isHere(UserId user);

    void marks(UserId to, MarkNews news);
}
