package dev.waggle.broker.wiring;

/** Something the broker needs cannot be used; ends the start. The message is for the operator. */
final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
        super(message);
    }

    Unusable(String message, Throwable cause) {
        super(message, cause);
    }
}
