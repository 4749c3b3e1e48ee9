package dev.waggle.broker.config;

/**
 * A token, a password, a key: never in a log, an error or a metric. Immutable.
 *
 * @param reveal the secret itself; call it only where it is used
 */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
