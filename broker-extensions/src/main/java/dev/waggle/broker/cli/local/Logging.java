package dev.waggle.broker.cli.local;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.waggle.broker.config.WaggleConfig.LogFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Sets the log up for a running broker; other commands keep to {@link QuietLogging}. */
public final class Logging {

    private Logging() {}

    /**
     * @param home the launcher's folder, whose {@code conf/logging.xml} is read if it is there; otherwise the one in the
     *     jar, which is the same file
     */
    public static void start(LogFormat format, @Nullable Path home) throws CommandFailed {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // another binding was put on the class path: its own configuration stands
        }
        context.reset();
        context.putProperty("logging.format", format.name().toLowerCase(Locale.ROOT));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            Path file = home == null ? null : home.resolve("conf").resolve("logging.xml");
            if (file != null && Files.isRegularFile(file)) {
                configurator.doConfigure(file.toFile());
            } else {
                configurator.doConfigure(Logging.class.getResource("/logging.xml"));
            }
        } catch (JoranException malformed) {
            throw new CommandFailed(
                    CommandFailed.USAGE,
                    "conf/logging.xml: " + malformed.getMessage() + "; allowed: a logback file",
                    malformed);
        }
    }
}
