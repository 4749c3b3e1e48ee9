package dev.waggle.broker.outbound;

/** What becomes of an inbox item at the moment it is due on one device (PROTOCOL §4). */
enum Fate {
    /** Nothing is sent and nothing is said: no QoS 1 filter, or this device sent it itself. Done. */
    PASS,
    /** Only a QoS 0 filter matches: a copy if it is live. Done. */
    COPY,
    /** A gap takes its place. */
    GAP,
    /** It is sent with QoS 1. */
    SEND
}
