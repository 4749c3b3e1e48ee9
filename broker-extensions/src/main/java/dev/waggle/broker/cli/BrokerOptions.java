package dev.waggle.broker.cli;

import dev.waggle.broker.Endpoints.Endpoint;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.EndpointsFile;
import dev.waggle.broker.cli.local.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which broker a command talks to. */
final class BrokerOptions {

    @Option(names = "--host", paramLabel = "H", description = "The broker (default: the local one of --data).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Its MQTT port (default with --host: 1883).")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the local broker (default: as for waggle start).")
    private @Nullable Path data;

    Path directory(Surroundings surroundings) {
        return surroundings.dataDirectory(data);
    }

    Endpoint mqtt(Surroundings surroundings) throws CommandFailed {
        if (host != null || port != null) {
            return new Endpoint(host == null ? "127.0.0.1" : host, port == null ? 1883 : port);
        }
        Path directory = directory(surroundings);
        try {
            return EndpointsFile.find(directory, "mqtt")
                    .orElseThrow(() -> new CommandFailed("no broker runs on the data directory " + directory
                            + "; start one with waggle start, or name one with --host, --port or --data"));
        } catch (IOException unreadable) {
            throw new CommandFailed(CommandFailed.FAILED, directory + ": " + unreadable, unreadable);
        }
    }
}
