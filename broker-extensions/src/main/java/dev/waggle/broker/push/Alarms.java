package dev.waggle.broker.push;

import dev.waggle.spec.RunsOn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** At most one time for each of many things; times are Unix milliseconds. */
@RunsOn("push")
final class Alarms<T> {
    private record Alarm<T>(long at, T of) implements Comparable<Alarm<T>> {
        @Override
        public int compareTo(Alarm<T> other) {
            return Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Alarm<T>> queue = new PriorityQueue<>();
    private final Map<T, Long> times = new HashMap<>();

    /** In the place of what was set before. */
    void set(T of, long at) {
        times.put(of, at);
        queue.add(new Alarm<>(at, of));
        if (queue.size() > 2 * times.size() + 64) {
            queue.removeIf(this::isOld);
        }
    }

    void clear(T of) {
        times.remove(of);
    }

    /** When it is set for, or null. */
    @Nullable
    Long at(T of) {
        return times.get(of);
    }

    /** Those whose time has come; they are not set any more. */
    List<T> ring(long now) {
        List<T> due = new ArrayList<>();
        for (Alarm<T> first = queue.peek(); first != null && first.at <= now; first = queue.peek()) {
            queue.poll();
            if (!isOld(first)) {
                times.remove(first.of);
                due.add(first.of);
            }
        }
        return due;
    }

    private boolean isOld(Alarm<T> alarm) {
        Long at = times.get(alarm.of);
        return at == null || at != alarm.at;
    }
}
