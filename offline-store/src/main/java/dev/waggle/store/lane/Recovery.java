package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.store.StoreProblem;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageOpener;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a failed write nobody knows what is on disk: the storage is closed and opened again, with growing pauses, and
 * only what is read then is the truth. Readers keep the old handle until there is a chance to open a new one.
 */
@RunsOn("committer")
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    /** While readers still hold the old handle. */
    private static final long READERS_MILLIS = 10;

    private final StorageOpener opener;
    private final CurrentStorage current;
    private final InstantSource clock;
    private final long firstMillis;
    private final long longestMillis;
    private volatile List<StoreProblem> problems = List.of();
    private boolean broken;
    private String reason = "";
    private long pauseMillis;
    private long nextTryAt;

    Recovery(StorageOpener opener, CurrentStorage current, InstantSource clock, LaneLimits limits) {
        this.opener = opener;
        this.current = current;
        this.clock = clock;
        this.firstMillis = limits.firstRetry().toMillis();
        this.longestMillis = limits.longestRetry().toMillis();
    }

    boolean isBroken() {
        return broken;
    }

    String reason() {
        return reason;
    }

    /** Any thread. */
    List<StoreProblem> problems() {
        List<StoreProblem> now = problems;
        if (!now.isEmpty()) {
            return now;
        }
        // An idle store has not met the full disk yet.
        String shortage = opener.shortage();
        return shortage == null ? List.of() : List.of(new StoreProblem("disk", shortage));
    }

    void broke(StorageFailure failure) {
        broken = true;
        pauseMillis = firstMillis;
        explain(failure);
        nextTryAt = clock.millis() + pauseMillis;
    }

    boolean isDue() {
        return broken && clock.millis() >= nextTryAt;
    }

    long idleNanos() {
        return broken ? Math.max(1, nextTryAt - clock.millis()) * 1_000_000 : Long.MAX_VALUE;
    }

    /** The storage, if it is open again. */
    @Nullable
    Storage tryToReopen() {
        if (!isDue()) {
            return null;
        }
        if (!opener.isWorthTrying()) {
            later();
            return null;
        }
        if (!current.close()) {
            nextTryAt = clock.millis() + READERS_MILLIS;
            return null;
        }
        try {
            Storage storage = opener.open();
            current.put(storage);
            broken = false;
            problems = List.of();
            log.info("the store is open again");
            return storage;
        } catch (StorageFailure failure) {
            log.warn("the store cannot be opened yet: {}", failure.getMessage());
            explain(failure);
        } catch (RuntimeException bug) {
            log.error("opening the store ended in an error", bug);
        }
        later();
        return null;
    }

    private void explain(StorageFailure failure) {
        reason = String.valueOf(failure.getMessage());
        String check = failure.kind() == StorageFailure.Kind.FULL ? "disk" : "store";
        problems = List.of(new StoreProblem(check, "the store takes no commands: " + reason));
    }

    private void later() {
        pauseMillis = Math.min(longestMillis, pauseMillis * 2);
        nextTryAt = clock.millis() + pauseMillis;
    }
}
