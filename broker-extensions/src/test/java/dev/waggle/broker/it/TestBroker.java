package dev.waggle.broker.it;

import dev.waggle.auth.jwt.LocalIssuer;
import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.auth.jwt.TokenRequest;
import dev.waggle.broker.CannotStart;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.config.WaggleConfig;
import dev.waggle.broker.wiring.WaggleLauncher;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The whole broker on free loopback ports, and tokens for it. */
final class TestBroker implements AutoCloseable {
    private final Path data;
    private final WaggleConfig config;
    private RunningBroker running;

    TestBroker(Path data) throws CannotStart {
        this(WaggleConfig.onFreePorts(data));
    }

    TestBroker(WaggleConfig config) throws CannotStart {
        this.data = config.data();
        this.config = config;
        running = new WaggleLauncher().start(config);
    }

    /** Stops it and starts it again on the same data, on other ports. */
    void restart() throws CannotStart {
        running.stop(Duration.ofSeconds(10));
        running = new WaggleLauncher().start(config);
    }

    String mqtt() {
        return "tcp://127.0.0.1:" + running.endpoints().mqtt().port();
    }

    int mqttPort() {
        return running.endpoints().mqtt().port();
    }

    String ws() {
        return "ws://127.0.0.1:" + running.endpoints().ws().port() + "/mqtt";
    }

    String http() {
        return "http://127.0.0.1:" + running.endpoints().http().port();
    }

    String admin() {
        return "http://127.0.0.1:" + running.endpoints().admin().port();
    }

    String token(String user, String device) {
        return token(user, device, Duration.ofMinutes(10));
    }

    String token(String user, String device, Duration lifetime) {
        LocalKeys keys = LocalKeys.open(data, new SecureRandom()).get();
        LocalIssuer issuer = new LocalIssuer(keys, LocalIssuer.DEFAULT_NAME, Clock.systemUTC(), new SecureRandom());
        return issuer.token(TokenRequest.of(new UserId(user), new DeviceId(device), Actor.Role.USER, lifetime));
    }

    @Override
    public void close() {
        running.stop(Duration.ofSeconds(10));
    }
}
