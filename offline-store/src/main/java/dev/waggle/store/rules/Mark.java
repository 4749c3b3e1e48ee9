package dev.waggle.store.rules;

/**
 * One user's view of one conversation.
 *
 * @param firstSeq where it begins
 * @param delivered highest seq that any device acknowledged, {@code firstSeq - 1} if none did
 * @param read highest seq the user has read, {@code firstSeq - 1} if none
 */
public record Mark(long firstSeq, long delivered, long read) {}
