package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.Surroundings;
import dev.waggle.broker.config.ConfigReader;
import dev.waggle.broker.config.ConfigReading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration a command is about: {@code --config} and {@code --data}. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file (default: conf/waggle.yaml beside waggle).")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: data of the configuration).")
    private @Nullable String data;

    /** The file that is read, or null for none. */
    @Nullable
    Path file(Surroundings surroundings) {
        return config == null
                ? surroundings.shippedConfig()
                : surroundings.workingDirectory().resolve(config);
    }

    /**
     * @param more flags of the command, by the path of their setting
     */
    ConfigReading read(Surroundings surroundings, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(more);
        if (data != null) {
            flags.put("data", data);
        }
        return new ConfigReader(surroundings.workingDirectory(), surroundings.environment())
                .read(file(surroundings), flags);
    }
}
