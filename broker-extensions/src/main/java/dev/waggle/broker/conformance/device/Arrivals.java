package dev.waggle.broker.conformance.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a device got, as the library handed it over. What has a place in a conversation ({@code in}, {@code ev},
 * {@code gap}) is one stream in the order of arrival; everything else waits by its kind. One thread puts, one takes.
 */
final class Arrivals {

    /** More than any check lets arrive; what comes above is a broker gone wild, and is dropped. */
    private static final int MOST = 20_000;

    private final Map<String, BlockingQueue<Arrived>> byKind = new ConcurrentHashMap<>();
    private final long patienceMillis;

    Arrivals(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    void put(Arrived arrived) {
        boolean unused = queue(key(arrived.kind())).offer(arrived);
    }

    /** The next of the stream. */
    Arrived next() throws SentenceBroken, InterruptedException {
        return take("stream", "a message, event or gap");
    }

    /** The next of a kind outside the stream: {@code sent}, {@code reply}, {@code mark}, {@code now} … */
    Arrived next(String kind) throws SentenceBroken, InterruptedException {
        return take(kind, "a publish on " + kind);
    }

    /** What of a kind is here already. */
    List<Arrived> here(String kind) {
        List<Arrived> here = new ArrayList<>();
        queue(key(kind)).drainTo(here);
        return here;
    }

    private Arrived take(String key, String what) throws SentenceBroken, InterruptedException {
        Arrived arrived = queue(key).poll(patienceMillis, TimeUnit.MILLISECONDS);
        if (arrived == null) {
            throw new SentenceBroken("waited " + patienceMillis + " ms for " + what + ", and nothing came");
        }
        return arrived;
    }

    private BlockingQueue<Arrived> queue(String key) {
        return byKind.computeIfAbsent(key, unused -> new LinkedBlockingQueue<>(MOST));
    }

    private static String key(String kind) {
        return kind.equals("in") || kind.equals("ev") || kind.equals("gap") ? "stream" : kind;
    }
}
