package dev.waggle.broker.conformance;

/**
 * What came of one check.
 *
 * @param reason why it failed or was skipped; empty if it passed
 */
public record Outcome(Check check, Verdict verdict, String reason) {

    /** PASS: the sentence holds. FAIL: it does not. SKIPPED: it could not be tried. */
    public enum Verdict {
        PASS,
        FAIL,
        SKIPPED
    }
}
