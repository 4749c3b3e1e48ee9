package dev.waggle.broker.cli.local;

import dev.waggle.auth.Roles;
import dev.waggle.broker.BrokerLauncher;
import dev.waggle.broker.config.ConfigReader;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the program stands in: everything a command gets from outside, so that tests can put it somewhere else.
 *
 * @param clock the one clock
 * @param startedMillis when the process was started, Unix milliseconds
 * @param environment variables
 * @param workingDirectory what relative paths on the command line are relative to
 * @param home the folder of the launcher, or null if the program was started without it
 * @param selfCommand the command line that runs this program once more, without arguments
 * @param in the terminal or a pipe
 * @param out only the command's own lines
 * @param err everything else
 * @param onTermination takes what is to be done on SIGTERM and SIGINT; without it the process just dies of them
 * @param launcher starts a broker in this process
 */
public record Surroundings(
        InstantSource clock,
        long startedMillis,
        Map<String, String> environment,
        Path workingDirectory,
        @Nullable Path home,
        List<String> selfCommand,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Consumer<Runnable> onTermination,
        BrokerLauncher launcher) {

    /** The data directory that was named, or else the one that {@code waggle start} would use here. */
    public Path dataDirectory(@Nullable Path named) {
        return named == null
                ? new ConfigReader(workingDirectory, environment).dataDirectory(shippedConfig())
                : workingDirectory.resolve(named).normalize();
    }

    /** The roles that {@code waggle start} would know here. */
    public Roles roles() {
        return new ConfigReader(workingDirectory, environment).roles(shippedConfig());
    }

    /** The configuration file beside the launcher, if there is one. */
    public @Nullable Path shippedConfig() {
        if (home == null) {
            return null;
        }
        Path file = home.resolve("conf").resolve("waggle.yaml");
        return Files.isRegularFile(file) ? file : null;
    }
}
