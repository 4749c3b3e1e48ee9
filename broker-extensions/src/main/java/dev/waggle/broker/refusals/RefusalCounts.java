package dev.waggle.broker.refusals;

/** Told of every refusal, for metrics. Any thread; must not block. */
@FunctionalInterface
public interface RefusalCounts {
    void refused(Refused.What what, int code);
}
