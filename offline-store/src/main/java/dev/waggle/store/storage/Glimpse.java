package dev.waggle.store.storage;

/**
 * What can be said without touching the disk. {@link Unknown} is no statement at all: ask again on a thread that may
 * block.
 *
 * @param <T> what was looked for
 */
public sealed interface Glimpse<T> {

    /** It is there. */
    record Present<T>(T value) implements Glimpse<T> {}

    /** It is certainly not there. */
    record Absent<T>() implements Glimpse<T> {}

    /** Only the disk knows. */
    record Unknown<T>() implements Glimpse<T> {}
}
