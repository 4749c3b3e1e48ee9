package dev.waggle.broker.cli.local;

/** A command could not do what it was asked for; the message is for people. */
public final class CommandFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private final int exitCode;

    public CommandFailed(String message) {
        this(FAILED, message);
    }

    public CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandFailed(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
