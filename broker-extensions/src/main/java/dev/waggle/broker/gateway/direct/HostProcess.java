package dev.waggle.broker.gateway.direct;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Injector;
import com.hivemq.HiveMQInstance;
import com.hivemq.HiveMQServer;
import com.hivemq.configuration.ConfigurationBootstrap;
import com.hivemq.configuration.service.FullConfigurationService;
import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import java.nio.file.Path;

/**
 * The host itself, started in the two steps that its public embedding hides in one: between building its parts and
 * binding its listeners the gateway goes in. Nothing starts the host's usage statistics. Not thread-safe.
 */
public final class HostProcess {
    private final HiveMQServer server;
    private final MetricRegistry metrics;
    private final HostInternals internals;

    private HostProcess(HiveMQServer server, MetricRegistry metrics, HostInternals internals) {
        this.server = server;
        this.metrics = metrics;
        this.internals = internals;
    }

    /**
     * Builds the host's parts; takes about a second.
     *
     * @param home folder with the host's other folders: {@code conf} with {@code config.xml}, {@code data}, {@code
     *     extensions}
     * @param files whether {@code config.xml} asks for persistence in files
     * @throws HostMismatch if the host is not the one this code was written for, or cannot be built
     */
    public static HostProcess build(Path home, boolean files) {
        setSwitches(files);
        Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        HostSurroundings surroundings =
                new HostSurroundings(home, home.resolve("conf"), home.resolve("data"), home.resolve("extensions"));
        MetricRegistry metrics = new MetricRegistry();
        try {
            FullConfigurationService settings = ConfigurationBootstrap.bootstrapConfig(surroundings);
            HiveMQServer server = new HiveMQServer(surroundings, metrics, settings, false, false);
            server.bootstrap();
            Injector injector = server.getInjector();
            if (injector == null) {
                throw new HostMismatch("its parts cannot be asked for");
            }
            HostInternals internals = new HostInternals(injector, injector.getInstance(HiveMQInstance.class));
            return new HostProcess(server, metrics, internals);
        } catch (HostMismatch mismatch) {
            throw mismatch;
        } catch (Exception e) {
            throw new HostMismatch("it cannot be built: " + e.getMessage(), e);
        } finally {
            // The host's own handler would end the whole process.
            Thread.setDefaultUncaughtExceptionHandler(ours);
        }
    }

    /** Switches that stand in no configuration file. They are static, so they hold for every host in the process. */
    private static void setSwitches(boolean files) {
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
        // The default waits two seconds at every stop for writes that memory does not need.
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(files ? 2_000 : 100);
    }

    /**
     * Starts the extension and binds the listeners. A listener that cannot be bound is only missing afterwards.
     *
     * @throws HostMismatch if no listener can be bound or the host fails otherwise
     */
    public void run(EmbeddedExtension extension) {
        try {
            internals.instance().start(extension);
        } catch (Exception e) {
            throw new HostMismatch("it does not start: " + e.getMessage(), e);
        }
    }

    /** Closes listeners and connections and waits for the host's threads; at most a few seconds. */
    public void stop() {
        server.stop();
    }

    public MetricRegistry metrics() {
        return metrics;
    }

    HostInternals internals() {
        return internals;
    }
}
