package dev.waggle.store.storage;

/**
 * The store as it was at one commit. One thread at a time; close it soon, because it keeps replaced rows on disk. It ends with its
 * storage: after the close of that one every method but {@link #close} throws.
 */
public interface Snapshot extends StorageView, AutoCloseable {
    @Override
    void close();
}
