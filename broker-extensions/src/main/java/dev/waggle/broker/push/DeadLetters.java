package dev.waggle.broker.push;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads.StoredRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest pushes that were given up, kept as records of the store, kind {@code push-dead}, and in memory. Which there are
 * is read at the first use. What the store does not take soon is lost and counted: pushes do not wait for it. Any thread;
 * never waits.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** The oldest beyond them go: enough to see what is wrong, some 500 KiB. */
    public static final int MOST = 1_000;

    /** Part of the format on disk. */
    private static final String KIND = "push-dead";

    /** With the store at a time; what comes meanwhile is lost. */
    private static final int MOST_WRITES = 64;

    private final ChatStore store;
    private final InstantSource clock;
    private final TreeMap<String, DeadLetter> letters = new TreeMap<>();
    private int writing;
    private long lost;
    private @Nullable CompletableFuture<DeadLetters> loaded;

    public DeadLetters(ChatStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void add(DeadLetter letter) {
        synchronized (this) {
            if (writing >= MOST_WRITES) {
                lost++;
                return;
            }
            writing++;
        }
        CompletionStage<Void> unused = ready().thenCompose(ready -> put(letter.id(), 0, DeadLetterForm.encode(letter)))
                .exceptionally(unreadable -> false)
                .thenAccept(stored -> written(letter, stored));
    }

    private void written(DeadLetter letter, boolean stored) {
        synchronized (this) {
            writing--;
            if (stored) {
                letters.put(letter.id(), letter);
            } else {
                lost++;
            }
        }
        trim();
    }

    private void trim() {
        for (String oldest = surplus(); oldest != null; oldest = surplus()) {
            CompletionStage<Boolean> unused = delete(oldest);
        }
    }

    private synchronized @Nullable String surplus() {
        return letters.size() > MOST ? letters.pollFirstEntry().getKey() : null;
    }

    /**
     * Those that are wanted, the newest first.
     *
     * @param after the last of the page before, or null
     */
    public CompletionStage<List<DeadLetter>> list(Predicate<DeadLetter> wanted, @Nullable String after, int limit) {
        return ready().thenApply(ready -> {
            synchronized (this) {
                return (after == null ? letters : letters.headMap(after, false))
                        .descendingMap().values().stream()
                                .filter(wanted)
                                .limit(limit)
                                .toList();
            }
        });
    }

    CompletionStage<Optional<DeadLetter>> find(String id) {
        return ready().thenApply(ready -> {
            synchronized (this) {
                return Optional.ofNullable(letters.get(id));
            }
        });
    }

    /** False: it is no longer there. */
    boolean remove(String id) {
        synchronized (this) {
            if (letters.remove(id) == null) {
                return false;
            }
        }
        CompletionStage<Boolean> unused = delete(id);
        return true;
    }

    /** How many there are, once that is known. */
    public synchronized int size() {
        return letters.size();
    }

    /** How many were not kept since the start: too many at a time, or the store did not take them. */
    public synchronized long lost() {
        return lost;
    }

    private synchronized CompletionStage<DeadLetters> ready() {
        CompletableFuture<DeadLetters> reading = loaded;
        if (reading == null || reading.isCompletedExceptionally()) {
            reading = load(null).thenApply(all -> this).toCompletableFuture();
            loaded = reading;
        }
        return reading;
    }

    private CompletionStage<Boolean> load(@Nullable Bytes after) {
        return store.reads().records(KIND, Bytes.EMPTY, after, MOST).thenCompose(page -> {
            synchronized (this) {
                page.records().forEach(this::read);
            }
            trim();
            return page.more() && !page.records().isEmpty()
                    ? load(page.records().get(page.records().size() - 1).key().key())
                    : CompletableFuture.completedStage(true);
        });
    }

    private synchronized void read(StoredRecord record) {
        Parsed<DeadLetter> read = DeadLetterForm.decode(record.key().key().asUtf8(), record.value());
        if (read instanceof Parsed.Bad<DeadLetter> bad) {
            LOG.error("a dead letter cannot be read: {}", bad.reason());
        } else {
            letters.put(read.get().id(), read.get());
        }
    }

    private CompletionStage<Boolean> delete(String id) {
        return store.reads()
                .record(RecordKey.of(KIND, id))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(true)
                        : put(id, found.get().version(), null));
    }

    /** @return false if it is not known to be stored */
    private CompletionStage<Boolean> put(String id, long expected, @Nullable Bytes value) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        Command command = new Command.PutRecord(RecordKey.of(KIND, id), expected, value, clock.millis());
        boolean taken = store.submit(this, command, outcome -> stored.complete(outcome instanceof Outcome.Accepted));
        return taken ? stored : CompletableFuture.completedStage(false);
    }
}
