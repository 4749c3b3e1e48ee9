package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait for states from the disk. A state is read once, however many wait for it, and stays pinned until
 * they are decided, so that a small cache cannot make them wait for ever.
 */
@RunsOn("committer")
final class Warming {
    /** States per piece of work: a group of 1,000 is shared by several readers, a single state costs one hop. */
    private static final int CHUNK = 64;

    private final StateCache cache;
    private final CurrentStorage current;
    private final Returns returns;
    private final StoreMetrics metrics;
    private final Map<Object, List<Queued>> pending = new HashMap<>();
    private final Set<Queued> parked = new HashSet<>();
    private final ArrayDeque<Queued> ready = new ArrayDeque<>();
    /** Goes up when all states are dropped: what was read before is of no use then. */
    private int generation;

    Warming(StateCache cache, CurrentStorage current, Returns returns, StoreMetrics metrics) {
        this.cache = cache;
        this.current = current;
        this.returns = returns;
        this.metrics = metrics;
    }

    /** Parks a command until its missing states were read. */
    void park(Queued queued, Collection<Object> missing, List<Object> needed) {
        Object[] old = queued.pinned;
        Object[] pins = needed.toArray();
        for (Object key : pins) {
            cache.pin(key);
        }
        queued.pinned = pins;
        unpin(old);
        queued.unreadable = null;
        queued.missing = missing.size();
        parked.add(queued);
        List<Object> unasked = new ArrayList<>(missing.size());
        for (Object key : missing) {
            List<Queued> waiting = pending.get(key);
            if (waiting == null) {
                waiting = new ArrayList<>(2);
                pending.put(key, waiting);
                unasked.add(key);
            }
            waiting.add(queued);
        }
        metrics.warmed(unasked.size());
        for (int from = 0; from < unasked.size(); from += CHUNK) {
            ask(List.copyOf(unasked.subList(from, Math.min(from + CHUNK, unasked.size()))));
        }
    }

    /** A command whose states have come, or null. */
    @Nullable
    Queued takeReady() {
        return ready.poll();
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** The command is decided: its states may go again. */
    void decided(Queued queued) {
        Object[] pins = queued.pinned;
        queued.pinned = null;
        unpin(pins);
    }

    /** How many commands wait. */
    int parked() {
        return parked.size() + ready.size();
    }

    /** All states were dropped. Gives back the commands that waited. */
    List<Queued> abandon() {
        generation++;
        List<Queued> all = new ArrayList<>(ready);
        all.addAll(parked);
        ready.clear();
        parked.clear();
        pending.clear();
        for (Queued queued : all) {
            queued.pinned = null;
        }
        return all;
    }

    private void ask(List<Object> keys) {
        int asked = generation;
        returns.send(() -> read(asked, keys), () -> loaded(asked, keys, null, "the readers are closed"));
    }

    /** On a reader. */
    private Runnable read(int asked, List<Object> keys) {
        try {
            List<Object> states = current.read(snapshot -> {
                HeadReader reader = HeadReader.onDisk(snapshot);
                List<Object> found = new ArrayList<>(keys.size());
                for (Object key : keys) {
                    Object state = reader.read(key);
                    found.add(state == null ? Absent.ABSENT : state);
                }
                return found;
            });
            return () -> loaded(asked, keys, states, null);
        } catch (StorageFailure failure) {
            return () -> loaded(asked, keys, null, failure.getMessage());
        } catch (RuntimeException bug) {
            return () -> loaded(asked, keys, null, "a state could not be read: " + bug);
        }
    }

    private void loaded(int asked, List<Object> keys, @Nullable List<Object> states, @Nullable String failure) {
        if (asked != generation) {
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            Object key = keys.get(i);
            // What came here meanwhile is at least as new: the pin kept every write since the read was asked for.
            if (states != null && cache.get(key) == null) {
                cache.put(key, states.get(i));
            }
            List<Queued> waiting = pending.remove(key);
            for (Queued queued : waiting == null ? List.<Queued>of() : waiting) {
                if (states == null) {
                    queued.unreadable = failure;
                }
                if (--queued.missing == 0) {
                    parked.remove(queued);
                    ready.add(queued);
                }
            }
        }
    }

    private void unpin(Object @Nullable [] pins) {
        if (pins != null) {
            for (Object key : pins) {
                cache.unpin(key);
            }
        }
    }
}
