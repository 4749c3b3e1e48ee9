package dev.waggle.store.storage;

/**
 * A conversation in which a message of high priority came to a user.
 *
 * @param position of the last one in the user's inbox
 */
public record UrgentRow(long position) {}
