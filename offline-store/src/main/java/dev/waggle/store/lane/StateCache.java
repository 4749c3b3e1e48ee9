package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states in memory, as the last decision left them: during a group that is the tentative state, after its commit the
 * true one; after a failure everything is dropped. Bounded in estimated bytes: between groups states go that were not
 * used since the hand of the clock last passed. A pinned state stays.
 *
 * <p>Pins are also what makes a read by another thread safe to use: while a state is being read it is pinned, so if it
 * is written meanwhile it is here when the read comes back, and what is here wins.
 */
@RunsOn("committer")
final class StateCache {
    private static final class Slot {
        final Object key;

        @Nullable
        Object state;

        int weight;
        int pins;
        boolean used = true;
        int place;

        Slot(Object key, int place) {
            this.key = key;
            this.place = place;
        }
    }

    private final Map<Object, Slot> slots = new HashMap<>();
    private final List<Slot> clock = new ArrayList<>();
    private final long mostBytes;
    private long bytes;
    private int hand;

    StateCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Nullable
    Object get(Object key) {
        Slot slot = slots.get(key);
        if (slot == null) {
            return null;
        }
        slot.used = true;
        return slot.state;
    }

    void put(Object key, Object state) {
        Slot slot = slot(key);
        int weight = Weights.of(state);
        bytes += weight - slot.weight;
        slot.weight = weight;
        slot.state = state;
        slot.used = true;
    }

    /** Puts a state that weighs the same as the one it replaces: an entry more, a seq more. */
    void replace(Object key, Object state) {
        Slot slot = slots.get(key);
        if (slot == null || slot.state == null) {
            put(key, state);
        } else {
            slot.state = state;
        }
    }

    /** Keeps the key's state from going, also if it comes only later. */
    void pin(Object key) {
        slot(key).pins++;
    }

    void unpin(Object key) {
        Slot slot = slots.get(key);
        if (slot != null && slot.pins > 0 && --slot.pins == 0 && slot.state == null) {
            drop(slot);
        }
    }

    /** Puts a state only if one is here or waited for: what is here must be the newest, but this need not be here. */
    void putIfHeld(Object key, Object state) {
        if (slots.containsKey(key)) {
            put(key, state);
        }
    }

    /** Lets states go until the rest fits. Only between groups: then every state here is on disk. */
    void evict() {
        int looks = 2 * clock.size();
        while (bytes > mostBytes && looks-- > 0) {
            if (hand >= clock.size()) {
                hand = 0;
            }
            Slot slot = clock.get(hand);
            if (slot.pins > 0 || slot.used) {
                slot.used = false;
                hand++;
            } else {
                drop(slot);
            }
        }
    }

    void clear() {
        slots.clear();
        clock.clear();
        bytes = 0;
        hand = 0;
    }

    long bytes() {
        return bytes;
    }

    int entries() {
        return slots.size();
    }

    private Slot slot(Object key) {
        Slot slot = slots.get(key);
        if (slot == null) {
            slot = new Slot(key, clock.size());
            slots.put(key, slot);
            clock.add(slot);
        }
        return slot;
    }

    private void drop(Slot slot) {
        slots.remove(slot.key);
        bytes -= slot.weight;
        Slot last = clock.remove(clock.size() - 1);
        if (last != slot) {
            clock.set(slot.place, last);
            last.place = slot.place;
        }
    }
}
