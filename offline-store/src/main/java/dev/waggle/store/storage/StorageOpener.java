package dev.waggle.store.storage;

import org.jspecify.annotations.Nullable;

/** Opens one store; may be called again when the storage it gave was closed. Blocks while the log is replayed. */
@FunctionalInterface
public interface StorageOpener {
    Storage open() throws StorageFailure;

    /**
     * False if opening is sure to fail now, because the medium is full: then the old handle is left open to readers a
     * while longer. Cheap.
     */
    default boolean isWorthTrying() {
        return true;
    }

    /** Why the medium would take no write now, or null. Any thread; cheap. */
    default @Nullable String shortage() {
        return null;
    }
}
