package dev.waggle.store.storage;

/** The store as it was at one commit. Any thread; close it soon, because it keeps replaced rows on disk. */
public interface Snapshot extends StorageView, AutoCloseable {
    @Override
    void close();
}
