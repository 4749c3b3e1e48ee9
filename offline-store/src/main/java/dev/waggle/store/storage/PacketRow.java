package dev.waggle.store.storage;

/**
 * A QoS 2 packet id in use: the answer that a repeat of its PUBLISH gets.
 *
 * @param seq of the message that came with it
 * @param ts of that message, Unix milliseconds
 */
public record PacketRow(long seq, long ts) {}
