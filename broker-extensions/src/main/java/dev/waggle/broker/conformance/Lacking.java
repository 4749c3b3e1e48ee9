package dev.waggle.broker.conformance;

/** A sentence cannot be tried here; the message says what is missing. */
public final class Lacking extends Exception {

    private static final long serialVersionUID = 1L;

    public Lacking(String message) {
        super(message);
    }
}
