package dev.waggle.broker.cli;

import dev.waggle.broker.BrokerLauncher;
import dev.waggle.broker.CannotStart;
import dev.waggle.broker.Endpoints;
import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.WaggleConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs commands of {@code waggle} in this process, with surroundings of the test's own. */
final class Shell {

    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String in = "";

    final Map<String, String> environment = new HashMap<>();
    final List<WaggleConfig> started = new ArrayList<>();
    final List<Duration> stopped = new ArrayList<>();
    final CompletableFuture<Runnable> termination = new CompletableFuture<>();
    BrokerLauncher launcher = this::start;
    InstantSource clock = Clock.fixed(NOW, ZoneOffset.UTC);

    Shell(Path folder) {
        this.folder = folder;
    }

    Shell input(String text) {
        in = text;
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return Waggle.run(surroundings(), arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    Surroundings surroundings() {
        return new Surroundings(
                clock,
                NOW.minusMillis(1500).toEpochMilli(),
                environment,
                folder,
                null,
                List.of("java"),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                termination::complete,
                config -> launcher.start(config));
    }

    private RunningBroker start(WaggleConfig config) throws CannotStart {
        started.add(config);
        Endpoint any = new Endpoint("127.0.0.1", 4711);
        return new RunningBroker() {
            @Override
            public Endpoints endpoints() {
                return new Endpoints(any, any, any, new Endpoint("::1", 9));
            }

            @Override
            public void stop(Duration limit) {
                stopped.add(limit);
            }
        };
    }
}
