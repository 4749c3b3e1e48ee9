package dev.waggle.broker.presence;

import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Activity;

/** A connection that looks at the presence of others. Any thread. */
public interface Viewer {
    UserId user();

    /** What the device itself is doing: in the background it is told nothing. */
    Activity activity();

    /** Tells it, with QoS 0. */
    void presence(UserId user, Presence presence);
}
