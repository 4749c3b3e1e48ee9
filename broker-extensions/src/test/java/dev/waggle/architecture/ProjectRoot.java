package dev.waggle.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are, whichever folder the tests run in. */
public final class ProjectRoot {

    private ProjectRoot() {}

    /** The folder with the launcher and the parent pom. */
    public static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("waggle"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
