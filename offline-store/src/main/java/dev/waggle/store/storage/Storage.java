package dev.waggle.store.storage;

import dev.waggle.spec.RunsOn;

/**
 * Ordered tables on a medium that survives crashes; internal to this module. Read methods see the last write that
 * returned.
 *
 * <p><b>After a failed write</b> nobody knows whether its bytes reached the medium: a reopened store has it whole or not
 * at all. Reads and snapshots go on working on this handle and do not see it. No write may follow on this handle; one
 * that does throws {@link StorageFailure} at once and writes nothing. The owner closes the handle and opens it again
 * with {@link StorageOpener}: only what is read then is the truth.
 */
public interface Storage extends StorageView, AutoCloseable {

    /** The state after the last write, unmoved by later ones. */
    Snapshot snapshot() throws StorageFailure;

    /**
     * Writes a set as a whole or not at all. One thread writes at a time.
     *
     * @param sync true: when this returns, the set and everything written before it survive a power cut. False: they may
     *     be lost by one, from some point on, never out of order
     */
    @RunsOn("committer")
    void write(WriteSet set, boolean sync) throws StorageFailure;

    /**
     * Waits for calls in progress, then gives everything back, snapshots too. May be called twice.
     */
    @Override
    void close();
}
