package dev.waggle.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table that reads well in a terminal and is Markdown. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... columns) {
        rows.add(List.of(columns));
    }

    /** @throws IllegalArgumentException if the row has not one cell for each column */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of "
                    + rows.get(0).size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(cell -> cell.replace("|", "\\|")).toList());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < rows.size(); line++) {
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(line).get(i);
                text.append(i == 0 ? "| " : " | ").append(cell).append(" ".repeat(widths[i] - cell.length()));
            }
            text.append(" |\n");
            if (line == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append("|").append("-".repeat(widths[i] + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
