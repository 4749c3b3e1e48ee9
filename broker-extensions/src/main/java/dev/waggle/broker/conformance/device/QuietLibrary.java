package dev.waggle.broker.conformance.device;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the library's own log off stderr: it calls connections severe that are broken on purpose. */
public final class QuietLibrary {

    /** Held, because the registry of loggers holds them weakly and would forget the level. */
    private final Logger library = Logger.getLogger("org.eclipse.paho");

    public QuietLibrary() {
        library.setLevel(Level.OFF);
    }
}
