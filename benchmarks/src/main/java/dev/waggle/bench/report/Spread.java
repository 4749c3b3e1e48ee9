package dev.waggle.bench.report;

import java.util.List;
import java.util.Locale;

/** The same figure from several rounds: the median, and how far the rounds lay apart. */
public record Spread(double median, double lowest, double highest) {

    public static Spread of(List<Double> values) {
        List<Double> sorted =
                values.stream().filter(value -> !value.isNaN()).sorted().toList();
        if (sorted.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Like {@code 12.3 (11.9–14.0)}. */
    public String text(int decimals) {
        if (Double.isNaN(median)) {
            return "–";
        }
        String figure = "%." + decimals + "f";
        String middle = String.format(Locale.ROOT, figure, median);
        return lowest == highest
                ? middle
                : String.format(Locale.ROOT, "%s (" + figure + "–" + figure + ")", middle, lowest, highest);
    }
}
