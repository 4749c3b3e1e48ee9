package dev.waggle.bench.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What publishers sent and what they were told. Survives the broker: it is the other side's memory. Confined to the
 * loop's thread while clients run.
 */
final class Ledger {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long attempts;
    private long acknowledgements;

    /** One message: who sent it where, under which key, and the seq it was acknowledged with. */
    static final class Row {
        final String author;
        final String conversation;
        final String key;
        final String body;
        boolean acknowledged;
        /** 0 while unknown. */
        long seq;

        Row(String author, String conversation, String key, String body) {
            this.author = author;
            this.conversation = conversation;
            this.key = key;
            this.body = body;
        }
    }

    Row enter(String author, String conversation, String key, String body) {
        Row row = new Row(author, conversation, key, body);
        rows.put(key, row);
        return row;
    }

    void attempted() {
        attempts++;
    }

    void acknowledged(Row row) {
        row.acknowledged = true;
        acknowledgements++;
    }

    /** The same key must always get the same seq, however often it is sent. */
    void numbered(String key, long seq) {
        Row row = rows.get(key);
        if (row == null) {
            violation("a seq for a key that was never sent: " + key);
        } else if (row.seq != 0 && row.seq != seq) {
            violation("key " + key + " was given seq " + row.seq + " and later " + seq);
        } else {
            row.seq = seq;
        }
    }

    void violation(String what) {
        if (violations.size() < 50) {
            violations.add(what);
        }
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    long acknowledgedRows() {
        return rows.values().stream().filter(row -> row.acknowledged).count();
    }

    String summary() {
        return rows.size() + " messages, " + attempts + " attempts, " + acknowledgements + " acknowledgements";
    }
}
