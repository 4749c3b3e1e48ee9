package dev.waggle.broker.gateway.direct;

/** The host is not the one this gateway was written for; the program must not start. The message says what differs. */
public final class HostMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String BUILT_FOR = "This gateway needs HiveMQ CE 2025.5: ";

    public HostMismatch(String what) {
        super(BUILT_FOR + what);
    }

    HostMismatch(String what, Throwable cause) {
        super(BUILT_FOR + what, cause);
    }
}
