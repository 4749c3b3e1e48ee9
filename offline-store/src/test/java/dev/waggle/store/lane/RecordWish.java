package dev.waggle.store.lane;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One record in a simulation: changed again and again, and what may stand there at any time. */
final class RecordWish {
    static final RecordKey KEY = RecordKey.of("counter", "one");
    private static final String NOTHING = "nothing";

    private final List<String> violations;
    /** What was acknowledged last. */
    private String acknowledged = NOTHING;
    /** Asked for since then, and never answered with yes or no. */
    private final Set<String> open = new HashSet<>();

    private long highest;
    private long version;
    private boolean known = true;
    private boolean waiting;
    private int life;

    RecordWish(List<String> violations) {
        this.violations = violations;
    }

    /** True if it was ever changed. */
    boolean wasChanged() {
        return highest > 0;
    }

    /** The process died: what was asked is answered by nobody any more. */
    void crashed() {
        life++;
        known = false;
        waiting = false;
    }

    /** Looks, if it is not known what is there; otherwise changes it, now and then to nothing. */
    void ask(LaneStore store, int number, long now) {
        if (waiting) {
            return;
        }
        waiting = true;
        int asking = life;
        if (!known) {
            store.reads().record(KEY).whenComplete((found, failure) -> looked(found, asking));
            return;
        }
        String value = number % 5 == 0 ? NOTHING : "value " + number;
        // An earlier one for the same value may stand unanswered; what comes of this one says nothing about it.
        boolean first = open.add(value);
        Bytes bytes = value.equals(NOTHING) ? null : Bytes.utf8(value);
        if (!store.submit(
                this, new Command.PutRecord(KEY, version, bytes, now), told -> told(value, first, told, asking))) {
            rejected(value, first);
            waiting = false;
        }
    }

    private void looked(Optional<StoredRecord> found, int asking) {
        if (asking == life) {
            waiting = false;
            known = found != null;
            version = known ? found.map(StoredRecord::version).orElse(0L) : 0;
        }
    }

    private void rejected(String value, boolean first) {
        if (first) {
            open.remove(value);
        }
    }

    private void told(String value, boolean first, Outcome outcome, int asking) {
        if (asking != life) {
            return;
        }
        waiting = false;
        if (outcome instanceof Outcome.Accepted accepted) {
            version = ((Reply.RecordPut) accepted.reply()).version();
            if (version != 0 && version <= highest) {
                violations.add("the version of a record fell from " + highest + " to " + version);
            }
            highest = Math.max(highest, version);
            acknowledged = value;
            open.clear();
        } else if (outcome instanceof Outcome.Rejected) {
            rejected(value, first);
            if (open.isEmpty()) {
                violations.add("a record changed though nobody changed it");
            }
            known = false;
        } else {
            known = false;
        }
    }

    /** Holds what is there against what may be. */
    void check(Optional<StoredRecord> found) {
        String value = found.map(record -> record.value().asUtf8()).orElse(NOTHING);
        if (!value.equals(acknowledged) && !open.contains(value)) {
            violations.add("a record is '" + value + "', acknowledged was '" + acknowledged + "', open " + open);
        }
    }
}
