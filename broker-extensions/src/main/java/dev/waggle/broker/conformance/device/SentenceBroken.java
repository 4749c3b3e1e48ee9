package dev.waggle.broker.conformance.device;

/** The broker did something else than a sentence of the contract says; the message tells both. */
public final class SentenceBroken extends Exception {

    private static final long serialVersionUID = 1L;

    public SentenceBroken(String message) {
        super(message);
    }
}
