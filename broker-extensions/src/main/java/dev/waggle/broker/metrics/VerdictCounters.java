package dev.waggle.broker.metrics;

import dev.waggle.broker.moderation.Report;
import dev.waggle.broker.moderation.Verdict;
import dev.waggle.broker.moderation.Verdicts;
import io.prometheus.client.Counter;
import java.util.Locale;

/** What became of messages that were looked at. */
public final class VerdictCounters implements Verdicts {
    private final Counter verdicts;
    private final Counter unanswered;

    public VerdictCounters(Exposition exposition) {
        verdicts = Counter.build(
                        "waggle_moderation_verdicts_total", "Messages and edits looked at, by verdict and who gave it.")
                .labelNames("verdict", "by")
                .register(exposition.registry());
        unanswered = Counter.build(
                        "waggle_moderation_unanswered_total", "Questions to the hook without an answer, by cause.")
                .labelNames("why")
                .register(exposition.registry());
    }

    @Override
    public void given(Verdict verdict, Report.Cause by) {
        String who = verdict == Verdict.ALLOW ? "all" : by.name().toLowerCase(Locale.ROOT);
        verdicts.labels(verdict.code(), who).inc();
    }

    @Override
    public void unanswered(String why) {
        unanswered.labels(why).inc();
    }
}
