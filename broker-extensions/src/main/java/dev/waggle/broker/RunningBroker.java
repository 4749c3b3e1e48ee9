package dev.waggle.broker;

import java.time.Duration;

/** A broker that takes connections. */
public interface RunningBroker {

    /** Where it listens, with the real ports. */
    Endpoints endpoints();

    /**
     * Takes no more connections, answers what is in flight, tells clients to go, flushes and closes. Calling it again
     * changes nothing. Any thread.
     *
     * @param limit after this long what is still open is closed hard; nothing acknowledged is lost by that
     */
    void stop(Duration limit);
}
