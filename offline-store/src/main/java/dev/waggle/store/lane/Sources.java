package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of each source: while one of its commands waits to be warmed, the later ones stand behind it. Others
 * go on.
 */
@RunsOn("committer")
final class Sources {
    private final Map<Object, ArrayDeque<Queued>> behind = new IdentityHashMap<>();
    /** Sources whose first command may be tried. */
    private final ArrayDeque<Object> free = new ArrayDeque<>();

    /** @return true if the command stands behind others now; false if it may be decided at once */
    boolean standsBehind(Queued queued) {
        if (behind.isEmpty()) {
            return false;
        }
        ArrayDeque<Queued> line = behind.get(queued.source);
        if (line == null) {
            return false;
        }
        line.add(queued);
        return true;
    }

    /** The command is being warmed: those of its source wait from now on. */
    void block(Queued queued) {
        behind.computeIfAbsent(queued.source, source -> new ArrayDeque<>());
    }

    /** The command was warmed: it is the next of its source. */
    void unblock(Queued queued) {
        block(queued);
        ArrayDeque<Queued> line = behind.get(queued.source);
        if (line != null) {
            line.addFirst(queued);
        }
        free.add(queued.source);
    }

    /** The next command that waited and may be tried now, or null. */
    @Nullable
    Queued next() {
        Object source = free.peek();
        while (source != null) {
            ArrayDeque<Queued> line = behind.get(source);
            Queued queued = line == null ? null : line.poll();
            if (queued != null) {
                return queued;
            }
            behind.remove(source);
            free.remove();
            source = free.peek();
        }
        return null;
    }

    /** The command that {@link #next} gave has to be warmed again: its source is not free any more. */
    void again() {
        free.remove();
    }

    boolean hasNext() {
        return !free.isEmpty();
    }

    /** Gives back everything that waits. */
    List<Queued> abandon() {
        List<Queued> all = new ArrayList<>();
        behind.values().forEach(all::addAll);
        behind.clear();
        free.clear();
        return all;
    }
}
