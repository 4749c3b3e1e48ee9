package dev.waggle.store.storage;

/** Opens one store; may be called again when the storage it gave was closed. Blocks while the log is replayed. */
@FunctionalInterface
public interface StorageOpener {
    Storage open() throws StorageFailure;
}
