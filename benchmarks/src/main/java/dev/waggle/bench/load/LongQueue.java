package dev.waggle.bench.load;

/** First in, first out, without boxing. */
public final class LongQueue {
    private long[] ring = new long[64];
    private long head;
    private long tail;

    public void add(long value) {
        if (tail - head == ring.length) {
            long[] larger = new long[2 * ring.length];
            for (long i = head; i < tail; i++) {
                larger[(int) (i & (larger.length - 1))] = ring[(int) (i & (ring.length - 1))];
            }
            ring = larger;
        }
        ring[(int) (tail++ & (ring.length - 1))] = value;
    }

    /** @throws IllegalStateException if there is none */
    public long remove() {
        if (head == tail) {
            throw new IllegalStateException("empty");
        }
        return ring[(int) (head++ & (ring.length - 1))];
    }

    public long size() {
        return tail - head;
    }
}
