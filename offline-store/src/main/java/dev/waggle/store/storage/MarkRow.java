package dev.waggle.store.storage;

/**
 * One user's view of one conversation. Its existence says that the user has, or had, entries in it.
 *
 * @param firstSeq the user's view begins here; after a removal and a new joining, at the new joining
 * @param delivered highest seq that any device acknowledged, {@code firstSeq - 1} if none did
 * @param read highest seq the user has read, {@code firstSeq - 1} if none
 */
public record MarkRow(long firstSeq, long delivered, long read) {}
