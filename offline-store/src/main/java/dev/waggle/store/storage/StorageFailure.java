package dev.waggle.store.storage;

import org.jspecify.annotations.Nullable;

/** The medium did not do what was asked. The message says what, where, and what helps; it holds no bodies. */
public final class StorageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public StorageFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StorageFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** What to do about it. */
    public enum Kind {
        /** Another process, or another handle, has the store open. */
        IN_USE,
        /** No space left: opening again may succeed when there is some. */
        FULL,
        /** What is on disk is not what was written, or of a newer format: people must look. Retrying does not help. */
        DAMAGED,
        /** The handle was closed meanwhile: ask the one that was opened after it. */
        CLOSED,
        /** Anything else: opening again may help. */
        FAILED
    }
}
