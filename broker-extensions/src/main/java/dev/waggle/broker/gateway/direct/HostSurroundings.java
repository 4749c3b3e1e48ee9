package dev.waggle.broker.gateway.direct;

import com.hivemq.configuration.info.SystemInformation;
import com.hivemq.configuration.info.SystemInformationImpl;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Where the host lives. The host's own class asks the hardware for its processors through a native library, which takes
 * a quarter of the whole start.
 *
 * @param home folder above the others
 */
record HostSurroundings(Path home, Path configuration, Path data, Path extensions) implements SystemInformation {

    @Override
    public void init() {}

    /** What the embedded host calls itself; with any other version it would look for data to migrate. */
    @Override
    public String getHiveMQVersion() {
        return SystemInformationImpl.DEVELOPMENT_VERSION;
    }

    @Override
    public File getHiveMQHomeFolder() {
        return home.toFile();
    }

    @Override
    public File getConfigFolder() {
        return configuration.toFile();
    }

    /** The host writes no log files of its own. */
    @Override
    public File getLogFolder() {
        return home.resolve("log").toFile();
    }

    @Override
    public File getDataFolder() {
        return data.toFile();
    }

    @Override
    public File getExtensionsFolder() {
        return extensions.toFile();
    }

    @Override
    public long getRunningSince() {
        return ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    @Override
    public int getProcessorCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public boolean isEmbedded() {
        return true;
    }
}
