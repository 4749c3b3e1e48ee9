package dev.waggle.broker.host;

import org.jspecify.annotations.Nullable;

/** The host cannot run; the message says why. A port that is taken has a {@link java.net.BindException} as cause. */
public final class HostStartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostStartFailure(String message) {
        super(message);
    }

    HostStartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
