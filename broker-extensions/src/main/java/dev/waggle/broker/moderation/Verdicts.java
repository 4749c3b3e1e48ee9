package dev.waggle.broker.moderation;

/** Counts what becomes of messages that are looked at, and what becomes of questions. Any thread. */
public interface Verdicts {
    /** Nobody counts. */
    Verdicts UNCOUNTED = new Verdicts() {
        @Override
        public void given(Verdict verdict, Report.Cause by) {}

        @Override
        public void unanswered(String why) {}
    };

    /** A message was looked at. */
    void given(Verdict verdict, Report.Cause by);

    /**
     * A question has no answer that counts.
     *
     * @param why one of a few words: {@code late}, {@code silence}, {@code answer}, {@code full}
     */
    void unanswered(String why);
}
