package dev.waggle.auth;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Ends connections when their token does, silent subscribers too. Has no thread of its own: {@link #tick} is to be called
 * every second or so, and a connection ends at the first tick at or after its expiry. Any thread.
 *
 * @param <C> a connection; compared by {@code equals}, which must tell two connections of one client id apart
 */
public final class ExpiryWatch<C> {
    /** MQTT 5 DISCONNECT 'Maximum connect time' (§3.14.2.1), for the callback; a 3.1.1 connection is just closed. */
    public static final int REASON_CODE = 0xA0;

    public static final String REASON = "token expired";

    private final InstantSource clock;
    private final Consumer<C> expired;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Due, C> queue = new ConcurrentSkipListMap<>();
    private final Map<C, Due> byConnection = new ConcurrentHashMap<>();

    /** @param expired called on the thread of {@link #tick}, once per connection; must not throw or block */
    public ExpiryWatch(InstantSource clock, Consumer<C> expired) {
        this.clock = clock;
        this.expired = expired;
    }

    /** When, and a number that tells apart what is due at the same moment. */
    private record Due(long atMillis, long number) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /**
     * Watches a connection; a later call for the same connection replaces the expiry (a renewed token).
     *
     * @param expiresAt Unix milliseconds; a past one ends the connection at the next tick
     */
    public void watch(C connection, long expiresAt) {
        Due due = new Due(expiresAt, numbers.incrementAndGet());
        byConnection.compute(connection, (key, before) -> {
            if (before != null) {
                queue.remove(before);
            }
            queue.put(due, connection);
            return due;
        });
    }

    /** The connection has ended by itself. */
    public void forget(C connection) {
        byConnection.computeIfPresent(connection, (key, due) -> {
            queue.remove(due);
            return null;
        });
    }

    /** Ends what is due. */
    public void tick() {
        long now = clock.millis();
        Map.Entry<Due, C> first = queue.firstEntry();
        while (first != null && first.getKey().atMillis() <= now) {
            // Only whoever takes the entry away calls back: a second tick, forget or a renewal may be at work too.
            if (byConnection.remove(first.getValue(), first.getKey())) {
                queue.remove(first.getKey());
                expired.accept(first.getValue());
            }
            first = queue.firstEntry();
        }
    }

    /** Connections watched. */
    public int size() {
        return byConnection.size();
    }
}
