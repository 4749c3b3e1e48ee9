package dev.waggle.bench.report;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Times of one kind, 1 µs to 60 s at three digits. Confined to one thread while it records. */
public final class Latency {
    private static final long HIGHEST_MICROS = 60_000_000;

    private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);

    public void record(long nanos) {
        micros.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    public long count() {
        return micros.getTotalCount();
    }

    public void reset() {
        micros.reset();
    }

    public double p50Millis() {
        return millis(50);
    }

    public double p99Millis() {
        return millis(99);
    }

    /** @return the value below or at which this part of the times lies, NaN if there are none */
    public double millis(double percentile) {
        return count() == 0 ? Double.NaN : micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, n %d", p50Millis(), p99Millis(), count());
    }
}
