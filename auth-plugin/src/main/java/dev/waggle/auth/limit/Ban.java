package dev.waggle.auth.limit;

/**
 * A network that may not come in for a while.
 *
 * @param network who
 * @param since Unix milliseconds
 * @param until when it may come again, Unix milliseconds
 * @param step 1 for its first ban, 2 for the next …; 0 for one that an operator made
 * @param cause readable: what was refused last, or who banned it
 */
public record Ban(Network network, long since, long until, int step, String cause) {}
