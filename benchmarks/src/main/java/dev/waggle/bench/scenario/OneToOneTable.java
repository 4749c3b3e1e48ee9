package dev.waggle.bench.scenario;

import dev.waggle.bench.load.PairOutcome;
import dev.waggle.bench.report.Spread;
import dev.waggle.bench.report.Table;
import dev.waggle.bench.scenario.OneToOne.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of each cell, as one line of medians with lowest and highest. */
final class OneToOneTable {
    private final Map<Cell, List<PairOutcome>> outcomes = new LinkedHashMap<>();

    void add(Cell cell, PairOutcome outcome) {
        outcomes.computeIfAbsent(cell, unseen -> new ArrayList<>()).add(outcome);
    }

    static String line(Cell cell, PairOutcome outcome) {
        return String.format(
                Locale.ROOT,
                "%-16s %-10s %,9.0f msg/s  PUBACK %.2f/%.1f ms  delivery %.2f/%.1f ms  CPU %.2f, generator %.2f, others %.2f%s",
                cell.name(),
                cell.load(),
                outcome.perSecond(),
                outcome.acknowledgement().p50Millis(),
                outcome.acknowledgement().p99Millis(),
                outcome.delivery().p50Millis(),
                outcome.delivery().p99Millis(),
                outcome.brokerCpu(),
                outcome.generatorCpu(),
                outcome.othersCpu(),
                outcome.clean() ? "" : "  NOT CLEAN: " + blemishes(outcome));
    }

    Table table() {
        Table table = new Table(
                "load",
                "broker",
                "msg/s",
                "PUBACK p50 ms",
                "PUBACK p99 ms",
                "delivery p50 ms",
                "delivery p99 ms",
                "broker CPU cores",
                "generator",
                "others");
        List<Cell> cells = new ArrayList<>(outcomes.keySet());
        cells.sort(Comparator.comparing(cell -> loads().indexOf(cell.load())));
        for (Cell cell : cells) {
            table.row(
                    cell.load(),
                    cell.name(),
                    text(cell, 0, PairOutcome::perSecond),
                    text(cell, 2, outcome -> outcome.acknowledgement().p50Millis()),
                    text(cell, 1, outcome -> outcome.acknowledgement().p99Millis()),
                    text(cell, 2, outcome -> outcome.delivery().p50Millis()),
                    text(cell, 1, outcome -> outcome.delivery().p99Millis()),
                    text(cell, 2, PairOutcome::brokerCpu),
                    text(cell, 2, PairOutcome::generatorCpu),
                    text(cell, 2, PairOutcome::othersCpu));
        }
        return table;
    }

    /** Ratios to the bare host, and what was not clean. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        outcomes.forEach((cell, rounds) -> {
            List<PairOutcome> bare = outcomes.get(new Cell("bare", cell.load(), false));
            if (cell.target().equals("waggle") && cell.load().equals("saturated") && bare != null) {
                double ratio = spread(cell, PairOutcome::perSecond).median()
                        / spread(new Cell("bare", cell.load(), false), PairOutcome::perSecond)
                                .median();
                notes.add(String.format(Locale.ROOT, "%s / bare host, saturated: %.2f", cell.name(), ratio));
            }
            for (PairOutcome outcome : rounds) {
                if (!outcome.clean()) {
                    notes.add("NOT CLEAN: " + cell.name() + " " + cell.load() + ": " + blemishes(outcome));
                }
            }
        });
        return notes;
    }

    boolean clean() {
        return outcomes.values().stream().flatMap(List::stream).allMatch(PairOutcome::clean);
    }

    private List<String> loads() {
        return outcomes.keySet().stream().map(Cell::load).distinct().toList();
    }

    private String text(Cell cell, int decimals, ToDoubleFunction<PairOutcome> figure) {
        return spread(cell, figure).text(decimals);
    }

    private Spread spread(Cell cell, ToDoubleFunction<PairOutcome> figure) {
        return Spread.of(outcomes.getOrDefault(cell, List.of()).stream()
                .map(figure::applyAsDouble)
                .toList());
    }

    private static String blemishes(PairOutcome outcome) {
        return "unfinished " + outcome.unfinished() + ", repeated " + outcome.repeated() + ", out of order "
                + outcome.outOfOrder() + ", refused " + outcome.refused()
                + (outcome.firstRefusal() == null ? "" : " (" + outcome.firstRefusal() + ")");
    }
}
