package dev.waggle.broker.cli;

/** A command could not do what it was asked for; the message is for people. */
final class CommandFailed extends Exception {

    private static final long serialVersionUID = 1L;

    static final int FAILED = 1;
    static final int USAGE = 2;

    private final int exitCode;

    CommandFailed(String message) {
        this(FAILED, message);
    }

    CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    CommandFailed(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
