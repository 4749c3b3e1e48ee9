package dev.waggle.auth.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may do something. Without a timer: each remembers only when its allowance will be whole again
 * (the generic cell rate algorithm). Bounded: the one that was used longest ago makes room. Not for several threads.
 */
public final class Allowances {
    private final long interval;
    private final long capacity;
    private final Map<String, Long> wholeAt;

    /**
     * @param burst at once after a rest, at least 1
     * @param refill time for one more; a millisecond or longer
     * @param mostKeys remembered
     */
    public Allowances(int burst, Duration refill, int mostKeys) {
        this.interval = Math.max(1, refill.toMillis());
        this.capacity = interval * burst;
        this.wholeAt = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > mostKeys;
            }
        };
    }

    /** @return 0 if it may, else milliseconds to wait */
    public long wait(String key, long now) {
        return Math.max(0, base(key, now) + interval - now - capacity);
    }

    public void take(String key, long now) {
        wholeAt.put(key, base(key, now) + interval);
    }

    public void giveBack(String key) {
        wholeAt.computeIfPresent(key, (same, whole) -> whole - interval);
    }

    /** Its allowance is whole again. */
    public void reset(String key) {
        wholeAt.remove(key);
    }

    /** Further ahead than the capacity only after the clock stepped back: the allowance starts anew. */
    private long base(String key, long now) {
        long whole = wholeAt.getOrDefault(key, now);
        return whole < now || whole > now + capacity + interval ? now : whole;
    }
}
