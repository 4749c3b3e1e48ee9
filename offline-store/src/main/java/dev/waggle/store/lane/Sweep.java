package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView;
import dev.waggle.store.storage.Table;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a table in the background, again and again: a reader looks at one bounded page, the committer adds what follows
 * from it to the next group. One page at a time, with pauses, so that neither the disk nor the cache of blocks belongs to
 * the sweep. Where it stands is written along, so that restarts do not keep it at the beginning for ever.
 */
@RunsOn("committer")
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    /** A start has better things to do. */
    private static final long FIRST_MILLIS = 60_000;
    /** Between pages with little to do: a thousand rows each, so at most some MB a second are read. */
    private static final long PAGE_MILLIS = 100;
    /** Between pages of which most had to go: that many rows come in, so they must go as fast. */
    private static final long BUSY_MILLIS = 5;
    /** Between rounds: short beside every age that a sweep looks for. */
    private static final long ROUND_MILLIS = 3_600_000;

    private static final byte[] BEGINNING = new byte[0];

    /** What is looked for. */
    interface Walk {
        /** A page is about to be asked for; on the committer. */
        default void begin() {}

        /**
         * Looks at one page; on a reader.
         *
         * @param from first key of the page; empty at the beginning of the table
         * @param now Unix milliseconds
         */
        Page read(StorageView view, byte[] from, long now) throws StorageFailure;
    }

    /**
     * What a page gave.
     *
     * @param next first key of the next page; empty at the end of the table
     * @param busy most of the page has to go
     * @param carryOut what the committer does about it; adds to the group, must not throw
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Page(byte[] next, boolean busy, Runnable carryOut) {}

    private final byte[] positionKey;
    private final Walk walk;
    private final Group group;
    private final CurrentStorage current;
    private final Returns returns;
    private final InstantSource clock;
    private byte[] position = BEGINNING;
    /** False until the first page was read: where the last process stood is on disk. */
    private boolean positionKnown;

    private long nextAt;
    private boolean reading;
    private int generation;

    /**
     * @param name part of the format on disk: the row of {@link Table#META} that keeps the position
     */
    Sweep(String name, Walk walk, Group group, CurrentStorage current, Returns returns, InstantSource clock) {
        this.positionKey = KeySchema.meta(name);
        this.walk = walk;
        this.group = group;
        this.current = current;
        this.returns = returns;
        this.clock = clock;
        this.nextAt = clock.millis() + FIRST_MILLIS;
    }

    boolean isDue() {
        return !reading && clock.millis() >= nextAt;
    }

    /** Nanoseconds until it is due, or {@link Long#MAX_VALUE} while a reader works for it. */
    long idleNanos() {
        return reading ? Long.MAX_VALUE : Math.max(1, nextAt - clock.millis()) * 1_000_000;
    }

    /** @return false if it is not due */
    boolean start() {
        if (!isDue()) {
            return false;
        }
        reading = true;
        walk.begin();
        int asked = generation;
        byte[] from = position;
        boolean known = positionKnown;
        long now = clock.millis();
        returns.send(() -> read(asked, from, known, now), () -> failed(asked));
        return true;
    }

    /** All states were dropped: what was read before is of no use. */
    void abandon() {
        generation++;
        reading = false;
        nextAt = clock.millis() + FIRST_MILLIS;
    }

    /** On a reader. */
    private Runnable read(int asked, byte[] from, boolean known, long now) {
        try {
            Page page = current.read(snapshot -> {
                byte[] kept = known ? from : snapshot.get(Table.META, positionKey);
                return walk.read(snapshot, kept == null ? BEGINNING : kept, now);
            });
            return () -> took(asked, page);
        } catch (StorageFailure | RuntimeException failure) {
            log.warn("a sweep ended early and begins again later: {}", failure.toString());
            return () -> failed(asked);
        }
    }

    private void took(int asked, Page page) {
        if (asked != generation) {
            return;
        }
        page.carryOut().run();
        reading = false;
        position = page.next();
        positionKnown = true;
        group.writes.put(Table.META, positionKey, position);
        boolean over = position.length == 0;
        nextAt = clock.millis() + (over ? ROUND_MILLIS : page.busy() ? BUSY_MILLIS : PAGE_MILLIS);
    }

    private void failed(int asked) {
        if (asked == generation) {
            reading = false;
            position = BEGINNING;
            positionKnown = true;
            nextAt = clock.millis() + ROUND_MILLIS;
        }
    }
}
