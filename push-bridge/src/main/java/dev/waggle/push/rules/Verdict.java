package dev.waggle.push.rules;

/** What is to happen to one entry for one device, as far as that depends on the entry alone. */
sealed interface Verdict {
    /** It deserves a push now. */
    record Due() implements Verdict {}

    /**
     * It may deserve one then.
     *
     * @param until Unix milliseconds, later than now
     */
    record Hold(long until, Reason reason) implements Verdict {}

    /** It deserves none. */
    record Leave(Reason reason) implements Verdict {}

    Verdict DUE = new Due();
}
