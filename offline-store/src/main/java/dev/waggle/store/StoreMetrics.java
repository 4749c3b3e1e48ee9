package dev.waggle.store;

import dev.waggle.spec.RunsOn;

/**
 * What the store tells about itself. Called on the committer thread, at most a few times per group; must not block or
 * throw.
 *
 * <p>Over the life of a store, without the commands that it makes itself (trims) and those that come after its close:
 *
 * <pre>
 * taken     = accepted + rejected + failed + queueLength
 * writes    = groupCommitted + groupFailed, each called once; a group that wrote nothing is neither
 * </pre>
 */
public interface StoreMetrics {
    StoreMetrics NOOP = new StoreMetrics() {};

    /**
     * Commands were told their outcomes.
     *
     * @param accepted carried out
     * @param rejected refused by a rule
     * @param failed may or may not be stored
     */
    @RunsOn("committer")
    default void settled(int accepted, int rejected, int failed) {}

    /**
     * A group is on disk.
     *
     * @param commands in it, also those that wrote nothing
     * @param bytes of keys and values written
     * @param synced false if nothing in it had to survive a power cut
     * @param nanos that the write took, sync included
     */
    @RunsOn("committer")
    default void groupCommitted(int commands, long bytes, boolean synced, long nanos) {}

    /** A write failed; the store is about to be closed and opened again. */
    @RunsOn("committer")
    default void groupFailed(int commands) {}

    /** The store was opened again after a failure. */
    @RunsOn("committer")
    default void reopened() {}

    /** States were asked of the readers, because neither the cache nor memory had them. */
    @RunsOn("committer")
    default void warmed(int states) {}

    /** Entries of an inbox gave way; at most {@code gaps} notices stand in their place. */
    @RunsOn("committer")
    default void trimmed(int gaps) {}

    /**
     * After each group.
     *
     * @param queueLength commands taken and not settled
     * @param cacheBytes estimated size of the states in memory
     * @param cacheEntries how many they are
     */
    @RunsOn("committer")
    default void gauges(int queueLength, long cacheBytes, int cacheEntries) {}
}
