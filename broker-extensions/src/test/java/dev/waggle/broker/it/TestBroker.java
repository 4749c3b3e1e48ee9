package dev.waggle.broker.it;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.Endpoints;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.wiring.WaggleLauncher;
import java.nio.file.Path;
import java.time.Duration;

/** The whole broker in this process, on free loopback ports. */
final class TestBroker implements Reachable, AutoCloseable {
    private final WaggleConfig config;
    private RunningBroker running;

    TestBroker(Path data) throws CannotStart {
        this(WaggleConfig.onFreePorts(data));
    }

    TestBroker(WaggleConfig config) throws CannotStart {
        this.config = config;
        running = new WaggleLauncher().start(config);
    }

    /** Stops it and starts it again on the same data, on other ports. */
    void restart() throws CannotStart {
        running.stop(Duration.ofSeconds(10));
        running = new WaggleLauncher().start(config);
    }

    @Override
    public Endpoints endpoints() {
        return running.endpoints();
    }

    @Override
    public Path data() {
        return config.data();
    }

    @Override
    public void close() {
        running.stop(Duration.ofSeconds(10));
    }
}
