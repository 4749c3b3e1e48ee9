package dev.waggle.broker.conformance;

import dev.waggle.broker.conformance.Outcome.Verdict;
import java.util.List;
import java.util.Locale;

/** Outcomes as lines for people: the table of a run. */
public final class Report {

    private Report() {}

    /** The head of the table. */
    public static String head() {
        return String.format(Locale.ROOT, "%-8s%-36s%-4s%s", "", "check", "§", "sentence");
    }

    public static String line(Outcome outcome) {
        Check check = outcome.check();
        String line = String.format(
                Locale.ROOT, "%-8s%-36s%-4d%s", outcome.verdict(), check.name(), check.section(), check.sentence());
        return outcome.reason().isEmpty() ? line : line + System.lineSeparator() + "        → " + plain(outcome);
    }

    /** How many of each. */
    public static String sum(List<Outcome> outcomes) {
        return outcomes.size() + " sentences: " + count(outcomes, Verdict.PASS) + " hold, "
                + count(outcomes, Verdict.FAIL) + " do not, " + count(outcomes, Verdict.SKIPPED)
                + " could not be tried";
    }

    public static long count(List<Outcome> outcomes, Verdict verdict) {
        return outcomes.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** A broker may say anything; control characters stay off the terminal. */
    private static String plain(Outcome outcome) {
        return outcome.reason().replaceAll("\\p{Cntrl}", "?");
    }
}
