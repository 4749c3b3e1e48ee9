package dev.waggle.bench.load;

/** Somebody who takes more than is theirs, until closed. */
public interface Abuser extends AutoCloseable {
    /** What it does. */
    String manner();

    /** What came of it so far. */
    String outcome();

    @Override
    void close();
}
