package dev.waggle.store.rules;

/**
 * A QoS 2 packet id that waits for PUBREL, with the answer its PUBLISH got.
 *
 * @param packetId 1…65,535
 * @param seq of the message
 * @param ts of the message
 */
public record PacketAnswer(int packetId, long seq, long ts) {}
