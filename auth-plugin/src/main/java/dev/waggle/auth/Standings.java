package dev.waggle.auth;

/**
 * Asked with each use of a token, also of one that was verified before, and again and again for every live connection.
 * Any thread; never blocks.
 */
@FunctionalInterface
public interface Standings {

    /** Nothing is ever revoked. */
    Standings UNREVOKED = identity -> Standing.GOOD;

    Standing of(Identity identity);
}
