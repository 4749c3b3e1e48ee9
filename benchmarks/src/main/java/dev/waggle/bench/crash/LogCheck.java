package dev.waggle.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.bench.crash.Ledger.Row;
import dev.waggle.bench.target.HttpCalls;
import dev.waggle.bench.target.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads whole conversations by {@code history} and holds them against the ledger. */
final class LogCheck {
    private static final int PAGE = 200;

    private final Ledger ledger;
    private long stored;
    private long lost;
    private long repeated;
    private long holes;

    LogCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One line of the log: its seq and, for a message, its body. */
    record Line(long seq, String body) {}

    /**
     * Checks one conversation, as the reader names it, against the rows that were sent to it.
     *
     * @return its last seq
     */
    long check(HttpCalls reader, String conversation, List<Row> rows) {
        List<Line> lines = read(reader, conversation);
        Map<String, List<Long>> seqs = new HashMap<>();
        long expected = 1;
        for (Line line : lines) {
            if (line.seq() != expected) {
                holes++;
                ledger.violation("log of " + conversation + ": seq " + line.seq() + " where " + expected + " was due");
            }
            expected = line.seq() + 1;
            if (!line.body().isEmpty()) {
                stored++;
                seqs.computeIfAbsent(line.body(), unseen -> new ArrayList<>()).add(line.seq());
            }
        }
        for (Row row : rows) {
            List<Long> found = seqs.getOrDefault(row.body, List.of());
            if (found.size() > 1) {
                repeated += found.size() - 1;
                ledger.violation("stored more than once: " + row.key + " at " + found);
            }
            if (row.acknowledged && found.isEmpty()) {
                lost++;
                ledger.violation("LOST: " + row.key + ", acknowledged with seq " + row.seq);
            }
            if (row.seq != 0 && !found.isEmpty() && !found.contains(row.seq)) {
                ledger.violation(row.key + " was acknowledged with seq " + row.seq + " and lies at " + found);
            }
        }
        return expected - 1;
    }

    private static List<Line> read(HttpCalls reader, String conversation) {
        List<Line> lines = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonNode page = Json.tree(reader.call(
                    "history", "{\"conv\":\"" + conversation + "\",\"after\":" + after + ",\"limit\":" + PAGE + "}"));
            JsonNode messages = page.path("messages");
            for (JsonNode message : messages) {
                boolean event = message.hasNonNull("kind");
                lines.add(new Line(
                        message.path("seq").asLong(),
                        event ? "" : message.path("body").asText()));
            }
            if (messages.isEmpty()
                    || lines.get(lines.size() - 1).seq() >= page.path("last").asLong()) {
                return lines;
            }
            after = lines.get(lines.size() - 1).seq();
        }
    }

    long lost() {
        return lost;
    }

    long repeated() {
        return repeated;
    }

    String summary() {
        return "stored " + stored + ", lost " + lost + ", repeated in the log " + repeated + ", holes " + holes;
    }
}
