package dev.waggle.store.rules;

/**
 * One-to-one conversations that a user has started within a day from the first of them. Immutable.
 *
 * @param since when the first was, Unix milliseconds
 * @param count how many, 0 if none ever was
 */
public record Starts(long since, long count) {
    static final Starts NONE = new Starts(0, 0);

    private static final long DAY_MILLIS = 24 * 3_600_000;

    /** How many count at this time. */
    long countAt(long now) {
        return now < since + DAY_MILLIS ? count : 0;
    }

    /** One more. */
    Starts plus(long now) {
        return countAt(now) == 0 ? new Starts(now, 1) : new Starts(since, count + 1);
    }
}
