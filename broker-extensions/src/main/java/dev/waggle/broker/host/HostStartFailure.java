package dev.waggle.broker.host;

/** The host cannot run; the message says why and what to change. */
public final class HostStartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostStartFailure(String message) {
        super(message);
    }

    HostStartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
