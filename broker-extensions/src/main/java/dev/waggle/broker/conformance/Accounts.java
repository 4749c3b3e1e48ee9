package dev.waggle.broker.conformance;

import java.util.Optional;

/** Where checks get users from. Any thread. */
@FunctionalInterface
public interface Accounts {

    /** @return empty if there are no more */
    Optional<Account> fresh();

    /** @return a user with the role {@code service}, which may give messages priority; empty if there is none */
    default Optional<Account> service() {
        return Optional.empty();
    }
}
