package dev.waggle.bench.load;

/** Somebody who takes more than is theirs, until closed. */
public interface Abuser extends AutoCloseable {
    /** What it does. */
    String manner();

    /** False for what many do together: no limit of one holds it. */
    default boolean isOne() {
        return true;
    }

    /** What came of it so far. */
    String outcome();

    @Override
    void close();
}
