package dev.waggle.broker.it;

/**
 * A stock program or library that publishes at QoS 1 and comes back by itself when its connection ends. Each message has
 * an idempotency key; its text serves as one.
 */
interface Sender extends AutoCloseable {

    String user();

    /** Hands it over, to {@code d/bob}, and does not wait. */
    void publish(String text) throws Exception;

    /** How many handed over messages are not acknowledged. */
    int unacknowledged() throws Exception;

    /** How many may be handed over at once. */
    default int batch() {
        return 20;
    }

    /** False if each message goes its own way. */
    default boolean keepsOrder() {
        return true;
    }
}
