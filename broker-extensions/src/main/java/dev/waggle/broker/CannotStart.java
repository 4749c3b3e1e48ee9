package dev.waggle.broker;

/** The broker did not start; nothing is left running. */
public final class CannotStart extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, with the exit code of {@code waggle start}. */
    public enum Reason {
        /** Something broke: the store is damaged, the host does not fit. */
        FAILED(1),
        CONFIGURATION(2),
        DATA_IN_USE(3),
        PORT_TAKEN(4);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    /** @param message readable: what was wrong, where, what to do */
    public CannotStart(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public CannotStart(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
