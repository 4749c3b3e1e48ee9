package dev.waggle.broker.moderation;

/**
 * What was found in a message.
 *
 * @param cause who found it
 * @param found what, for moderators; the author never learns it
 */
public record Finding(Verdict verdict, Report.Cause cause, String found) {
    /** Nothing. */
    public static final Finding NOTHING = new Finding(Verdict.ALLOW, Report.Cause.WORD, "");

    /** The stricter of the two. */
    Finding or(Finding other) {
        return other.verdict.compareTo(verdict) > 0 ? other : this;
    }
}
