package dev.waggle.broker.push;

import dev.waggle.spec.RunsOn;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is on its way through one outlet: one that hangs holds up nobody else. Changed by one thread, looked at by any. */
public final class OutletQueue {
    /** With its provider at a time; below what a breaker lets through, so that nothing is refused for that. */
    private static final int MOST_AT_ONCE = 200;

    /** Not done with: a provider that hangs, or does not know us, does not take up all the room there is for pushes. */
    private static final int MOST = 10_000;

    private final Outlet outlet;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    /** Not done with, those that wait for another try too; the one begun first comes first. */
    private final Set<Job> under = new LinkedHashSet<>();

    private int atOnce;

    OutletQueue(Outlet outlet) {
        this.outlet = outlet;
    }

    Outlet outlet() {
        return outlet;
    }

    synchronized void begin(Job job) {
        under.add(job);
    }

    synchronized void end(Job job) {
        under.remove(job);
    }

    synchronized boolean hasRoom() {
        return under.size() < MOST;
    }

    /** Pushes that are not done with. */
    public synchronized int under() {
        return under.size();
    }

    /** When the oldest of them was begun, Unix milliseconds, or 0: there is none. */
    public synchronized long oldest() {
        Iterator<Job> first = under.iterator();
        return first.hasNext() ? first.next().begun : 0;
    }

    /** Waits for its turn. */
    @RunsOn("push")
    void add(Job job) {
        waiting.add(job);
    }

    /** True if one more may be handed to the provider, which {@link #next} gives. */
    @RunsOn("push")
    boolean hasNext() {
        return atOnce < MOST_AT_ONCE && !waiting.isEmpty();
    }

    @RunsOn("push")
    Job next() {
        atOnce++;
        return waiting.remove();
    }

    /** The provider has answered one. */
    @RunsOn("push")
    void answered() {
        atOnce--;
    }
}
