package dev.waggle.broker;

import dev.waggle.broker.config.WaggleConfig;

/** Starts a broker: the door between the command line and the wiring. */
public interface BrokerLauncher {

    /**
     * Opens the store, starts the host and the HTTP doors. Returns when connections are taken on every port. The caller
     * holds the lock of the data directory and has seen that the ports are free.
     *
     * @throws CannotStart with a readable reason; nothing is left running then
     */
    RunningBroker start(WaggleConfig config) throws CannotStart;
}
