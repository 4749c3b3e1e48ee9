package dev.waggle.store.storage;

/**
 * One-to-one conversations that a user has started, as far as they count together.
 *
 * @param since when the first of them was, Unix milliseconds
 * @param count how many, at least 1
 */
public record StartsRow(long since, long count) {}
