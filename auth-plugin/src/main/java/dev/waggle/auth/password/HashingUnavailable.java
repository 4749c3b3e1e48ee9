package dev.waggle.auth.password;

/** A password could not be hashed, and nothing is known about it: worth another try in a moment. */
public final class HashingUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason readable, without secrets */
    HashingUnavailable(String reason) {
        super(reason);
    }
}
