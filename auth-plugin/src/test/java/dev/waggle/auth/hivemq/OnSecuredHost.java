package dev.waggle.auth.hivemq;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on one {@link SecuredHost} for the whole class. */
abstract class OnSecuredHost {
    @TempDir
    static Path directory;

    static SecuredHost host;

    @BeforeAll
    static void start() throws IOException {
        host = new SecuredHost(directory);
    }

    @AfterAll
    static void stop() {
        host.close();
    }
}
