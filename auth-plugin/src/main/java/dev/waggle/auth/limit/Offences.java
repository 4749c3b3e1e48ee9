package dev.waggle.auth.limit;

import dev.waggle.auth.Verdict;

/** Told of each CONNECT and request whose token is refused. Any thread; must not block. */
@FunctionalInterface
public interface Offences {
    /** Nobody counts. */
    Offences UNCOUNTED = (from, denied) -> {};

    void refused(Network from, Verdict.Denied denied);
}
