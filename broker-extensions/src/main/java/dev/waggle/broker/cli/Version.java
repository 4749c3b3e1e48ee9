package dev.waggle.broker.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the build, from the manifest of its jar. */
final class Version implements IVersionProvider {

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unpacked)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"waggle " + text()};
    }
}
