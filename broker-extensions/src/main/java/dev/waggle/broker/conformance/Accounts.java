package dev.waggle.broker.conformance;

import java.util.Optional;

/** Where checks get users from. Any thread. */
@FunctionalInterface
public interface Accounts {

    /** @return empty if there are no more */
    Optional<Account> fresh();
}
