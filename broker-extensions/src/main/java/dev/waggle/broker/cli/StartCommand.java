package dev.waggle.broker.cli;

import dev.waggle.broker.CannotStart;
import dev.waggle.broker.Endpoints;
import dev.waggle.broker.RunningBroker;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.DataDirectory;
import dev.waggle.broker.cli.local.EndpointsFile;
import dev.waggle.broker.cli.local.FreePorts;
import dev.waggle.broker.cli.local.Logging;
import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.ConfigReading;
import dev.waggle.broker.config.WaggleConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waggle start}: a broker in the foreground, until SIGTERM or SIGINT. */
@Command(
        name = "start",
        description = "Run a broker in the foreground.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped by SIGTERM or SIGINT",
            "1:something broke; the reason is on stderr",
            "2:wrong usage or configuration; every problem is on stderr",
            "3:the data directory is in use by another process",
            "4:a port is taken"
        })
final class StartCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);

    /** The promise is 10 s from SIGTERM to exit; the rest is for the JVM's own end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final Surroundings surroundings;

    @Mixin
    private final ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description = "Where MQTT, WebSocket and HTTP listen (default: 127.0.0.1).")
    private @Nullable String bind;

    @Option(names = "--mqtt-port", paramLabel = "N", description = "Default 1883; 0: any free one, here and below.")
    private @Nullable String mqttPort;

    @Option(names = "--ws-port", paramLabel = "N", description = "Default 8000, path /mqtt.")
    private @Nullable String wsPort;

    @Option(names = "--http-port", paramLabel = "N", description = "Default 8080.")
    private @Nullable String httpPort;

    @Option(names = "--admin-port", paramLabel = "N", description = "Default 8081; on the loopback address.")
    private @Nullable String adminPort;

    @Option(
            names = "--open-registration",
            description = "Everybody may make an account, also from beyond this machine.")
    private boolean openRegistration;

    @Mixin
    private final HelpOption help = new HelpOption();

    StartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailed {
        ConfigReading reading = config.read(surroundings, flags());
        if (reading instanceof ConfigReading.Refused refused) {
            throw new CommandFailed(CommandFailed.USAGE, ProblemList.text(refused.problems()));
        }
        ConfigReading.Accepted accepted = (ConfigReading.Accepted) reading;
        Logging.start(accepted.config().logFormat(), surroundings.home());
        try (DataDirectory owned = DataDirectory.own(accepted.config().data())) {
            return run(accepted.config(), accepted.warnings());
        } catch (CannotStart refused) {
            throw new CommandFailed(refused.reason().exitCode(), String.valueOf(refused.getMessage()), refused);
        } catch (IOException failed) {
            throw new CommandFailed(CommandFailed.FAILED, accepted.config().data() + ": " + failed, failed);
        }
    }

    private int run(WaggleConfig settings, List<String> warnings) throws CannotStart, IOException {
        LOG.info("waggle {} on Java {}", Version.text(), Runtime.version());
        LOG.info("data directory {}", settings.data());
        warnings.forEach(LOG::warn);
        EndpointsFile.remove(settings.data());
        FreePorts.check(settings);
        RunningBroker broker = surroundings.launcher().start(settings);

        CountDownLatch asked = new CountDownLatch(1);
        surroundings.onTermination().accept(asked::countDown);
        Endpoints at = broker.endpoints();
        LOG.info("listening: {}", at.line());
        EndpointsFile.write(settings.data(), at);
        surroundings.out().println(readyLine(at, settings.data()));
        surroundings.out().flush();
        try {
            asked.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // asked to end in another way
        }
        LOG.info("stopping");
        EndpointsFile.remove(settings.data());
        broker.stop(STOP_LIMIT);
        LOG.info("stopped");
        return 0;
    }

    private String readyLine(Endpoints at, Path directory) {
        double seconds = (surroundings.clock().millis() - surroundings.startedMillis()) / 1000.0;
        return String.format(Locale.ROOT, "waggle ready %s data=%s in %.1f s", at.line(), directory, seconds);
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, "listeners.bind", bind);
        put(flags, "listeners.mqtt.port", mqttPort);
        put(flags, "listeners.ws.port", wsPort);
        put(flags, "http.port", httpPort);
        put(flags, "admin.port", adminPort);
        put(flags, "registration", openRegistration ? "open" : null);
        return flags;
    }

    private static void put(Map<String, String> flags, String path, @Nullable String value) {
        if (value != null) {
            flags.put(path, value);
        }
    }
}
