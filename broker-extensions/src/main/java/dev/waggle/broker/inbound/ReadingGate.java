package dev.waggle.broker.inbound;

import dev.waggle.broker.gateway.Connection;
import dev.waggle.spec.RunsOn;
import java.util.EnumSet;

/**
 * Why nothing is read from a connection. The pause takes effect at once, its end only at {@link #settle}: what waited is
 * then let in by the gateway, which must not happen in the middle of something.
 */
@RunsOn("connection")
public final class ReadingGate {
    /** Causes of a pause. */
    public enum Cause {
        /** The session is being opened. */
        OPENING,
        /** A SUBSCRIBE or UNSUBSCRIBE is on its way to disk. */
        FILTERS,
        /** As many unanswered publishes as allowed. */
        FULL,
        /** A publish waits: the store's lane is full, or a 3.1.1 sender is over its rate. */
        WAITING,
        /** 3.1.1: the first unanswered publish failed in a way that a repeat can cure. */
        HELD,
        /** Publishes on ordinary topics, subscriptions or new tokens come too often. */
        SLOWED
    }

    private final Connection connection;
    private final EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);
    private boolean paused;

    public ReadingGate(Connection connection) {
        this.connection = connection;
    }

    /** Keeps or drops a cause. */
    public void set(Cause cause, boolean holds) {
        if (!holds) {
            causes.remove(cause);
        } else if (causes.add(cause) && !paused) {
            paused = true;
            connection.pauseReading();
        }
    }

    /** Reads on if nothing speaks against it. Packets that waited may come in during this call. */
    public void settle() {
        if (paused && causes.isEmpty()) {
            paused = false;
            connection.resumeReading();
        }
    }
}
