package dev.waggle.store.memory;

/** What a test does to one write. */
public enum WriteFault {
    /** Nothing. */
    NONE,
    /** It fails before a byte reached the log: a reopened store does not have it. */
    BEFORE,
    /** It fails with a part of its bytes in the log: the torn record is dropped, a reopened store does not have it. */
    DURING,
    /**
     * Its bytes are in the log, the sync fails: after the death of the process alone a reopened store has it, after a
     * power cut it may.
     */
    AFTER;

    /** Decides the fate of each write as it comes. */
    @FunctionalInterface
    public interface Plan {
        WriteFault next(boolean sync);
    }
}
