package dev.waggle.auth.jwt;

import dev.waggle.auth.Identity;
import dev.waggle.auth.Verdict;

/** A token that passed every check that does not depend on the time; {@link #at} is what remains. */
record VerifiedToken(Identity identity, TokenTimes times) {
    static final int NOT_AUTHORIZED = 0x87;

    Verdict at(long nowMillis) {
        String wrong = times.wrongAt(nowMillis);
        return wrong == null ? new Verdict.Granted(identity) : new Verdict.Denied(NOT_AUTHORIZED, wrong);
    }
}
