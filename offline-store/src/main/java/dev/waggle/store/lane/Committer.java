package dev.waggle.store.lane;

import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Event;
import dev.waggle.store.CommitListener;
import dev.waggle.store.Outcome;
import dev.waggle.store.StoreMetrics;
import dev.waggle.store.StoreProblem;
import dev.waggle.store.storage.CurrentStorage;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decide, commit, tell: one turn of {@link #runOnce} makes one group. Has no thread of its own: whoever calls it is the
 * committer, a thread in production, a test in a simulation.
 */
@RunsOn("committer")
final class Committer {
    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private final CommandQueue queue;
    private final StateCache cache;
    private final Finder finder;
    private final Group group;
    private final Decider decider;
    private final Warming warming;
    private final Sources sources;
    private final Trimming trimming;
    private final Sweeps sweeps;
    private final Returns returns;
    private final CurrentStorage current;
    private final Recovery recovery;
    private final CommitListener listener;
    private final StoreMetrics metrics;
    private final LongSupplier nanoTime;
    private final LaneLimits limits;

    Committer(LaneParts parts, CommandQueue queue, CurrentStorage current, Returns returns) {
        this.queue = queue;
        this.current = current;
        this.returns = returns;
        this.listener = parts.listener();
        this.metrics = parts.metrics();
        this.nanoTime = parts.nanoTime();
        this.limits = parts.laneLimits();
        this.cache = new StateCache(limits.cacheBytes());
        this.finder = new Finder(cache);
        this.group = new Group();
        this.warming = new Warming(cache, current, returns, metrics);
        this.sources = new Sources();
        this.trimming = new Trimming(cache, current, returns, metrics, parts.clock(), parts.ruleLimits());
        ExpiredKeys expired = new ExpiredKeys(group);
        OldEntries old = new OldEntries(trimming, parts.limits().inboxAge());
        OldMessages messages = new OldMessages(trimming, parts.limits().history());
        this.sweeps = new Sweeps(
                new Sweep("swept keys", expired, group, current, returns, parts.clock()),
                new Sweep("swept inboxes", old, group, current, returns, parts.clock()),
                new Sweep("swept logs", messages, group, current, returns, parts.clock()));
        this.decider = new Decider(cache, finder, group, trimming, expired, parts.ruleLimits());
        this.recovery = new Recovery(parts.storage(), current, parts.clock(), limits);
        Storage storage = current.open();
        if (storage != null) {
            finder.use(storage);
        }
    }

    /**
     * Takes what came back and what waits, decides it and commits it as one group; after a failure tries to reopen.
     *
     * @return false if there was nothing to do
     */
    boolean runOnce() {
        boolean returned = returns.run();
        if (recovery.isBroken()) {
            return recover() || returned;
        }
        boolean swept = sweeps.start();
        boolean tried = decideSome();
        if (!group.decided.isEmpty() || !group.writes.isEmpty()) {
            commit();
        }
        return tried || returned || swept;
    }

    /** True if {@link #runOnce} would find something to do. */
    boolean hasWork() {
        return !queue.isEmpty()
                || !returns.isEmpty()
                || warming.hasReady()
                || sources.hasNext()
                || trimming.hasNext()
                || (recovery.isBroken() ? recovery.isDue() : sweeps.isDue());
    }

    /** Nanoseconds until there may be something to do by itself. */
    long idleNanos() {
        return recovery.isBroken() ? recovery.idleNanos() : sweeps.idleNanos();
    }

    /** Commands that wait for states from the disk. */
    int parked() {
        return warming.parked();
    }

    List<StoreProblem> problems() {
        return recovery.problems();
    }

    /** Fails everything that is not committed. */
    void failAll(String reason) {
        abandon(reason);
        Queued next = queue.poll();
        while (next != null) {
            fail(next, reason);
            next = queue.poll();
        }
        settle();
    }

    private boolean decideSome() {
        boolean any = false;
        Queued next = warming.takeReady();
        while (next != null) {
            sources.unblock(next);
            next = warming.takeReady();
        }
        while (!group.isFull(limits)) {
            next = sources.next();
            boolean waited = next != null;
            if (next == null) {
                next = trimming.next();
            }
            if (next == null) {
                next = queue.poll();
            }
            if (next == null) {
                break;
            }
            any = true;
            if (waited) {
                if (!decide(next)) {
                    sources.again();
                }
            } else if (!sources.standsBehind(next) && !decide(next)) {
                sources.block(next);
            }
        }
        return any;
    }

    /** @return false if the command was sent to be warmed */
    private boolean decide(Queued queued) {
        Outcome outcome;
        try {
            outcome = queued.unreadable == null ? decider.decide(queued) : new Outcome.Failed(queued.unreadable);
        } catch (StorageFailure failure) {
            log.warn("a command could not be decided: {}", failure.getMessage());
            outcome = new Outcome.Failed(String.valueOf(failure.getMessage()));
        } catch (RuntimeException bug) {
            log.error("a decision ended in an error; its group fails and all states are read again", bug);
            group.decided.add(queued);
            abandon("internal error");
            settle();
            return true;
        }
        if (outcome == null) {
            warming.park(queued, finder.missing(), finder.needed());
            return false;
        }
        warming.decided(queued);
        queued.outcome = outcome;
        group.decided.add(queued);
        return true;
    }

    private void commit() {
        if (!group.writes.isEmpty() && !write()) {
            return;
        }
        List<Event.OfInbox> told = group.told();
        if (!told.isEmpty()) {
            try {
                listener.committed(told);
            } catch (RuntimeException bug) {
                log.error("a commit listener ended in an error", bug);
            }
        }
        settle();
        trimming.start();
        cache.evict();
        metrics.gauges(queue.length(), cache.bytes(), cache.entries());
    }

    private boolean write() {
        Storage storage = current.open();
        int commands = group.decided.size();
        try {
            if (storage == null) {
                throw new StorageFailure(StorageFailure.Kind.FAILED, "the store is not open");
            }
            long start = nanoTime.getAsLong();
            storage.write(group.writes, group.sync());
            metrics.groupCommitted(commands, group.writes.bytes(), group.sync(), nanoTime.getAsLong() - start);
            return true;
        } catch (StorageFailure failure) {
            log.error("a write failed; nothing is taken until the store was opened again: {}", failure.getMessage());
            recovery.broke(failure);
        } catch (RuntimeException bug) {
            log.error("a write ended in an error; nothing is taken until the store was opened again", bug);
            recovery.broke(new StorageFailure(StorageFailure.Kind.FAILED, "a write ended in an error: " + bug, bug));
        }
        metrics.groupFailed(commands);
        abandon("the disk failed; this may or may not be stored, repeat it with the same key");
        settle();
        return false;
    }

    /** Drops every state and fails everything that was built on one. */
    private void abandon(String reason) {
        cache.clear();
        trimming.abandon();
        sweeps.abandon();
        for (Queued queued : group.decided) {
            queued.outcome = new Outcome.Failed(reason);
        }
        List<Queued> decided = new ArrayList<>(group.decided);
        group.clear();
        group.decided.addAll(decided);
        for (Queued queued : warming.abandon()) {
            fail(queued, reason);
        }
        for (Queued queued : sources.abandon()) {
            fail(queued, reason);
        }
    }

    private void fail(Queued queued, String reason) {
        queued.outcome = new Outcome.Failed(reason);
        group.decided.add(queued);
    }

    private boolean recover() {
        boolean any = false;
        Queued next = queue.poll();
        while (next != null) {
            any = true;
            fail(next, "the store takes no commands: " + recovery.reason());
            next = queue.poll();
        }
        settle();
        Storage reopened = recovery.tryToReopen();
        if (reopened != null) {
            finder.use(reopened);
            metrics.reopened();
            listener.reopened();
            return true;
        }
        return any;
    }

    private void settle() {
        int accepted = 0;
        int rejected = 0;
        int failed = 0;
        int counted = 0;
        long bytes = 0;
        for (int i = 0; i < group.decided.size(); i++) {
            Queued queued = group.decided.get(i);
            Outcome outcome = outcome(queued);
            if (queued.counts()) {
                counted++;
                bytes += queued.bytes;
                if (outcome instanceof Outcome.Accepted) {
                    accepted++;
                } else if (outcome instanceof Outcome.Rejected) {
                    rejected++;
                } else {
                    failed++;
                }
            }
            try {
                queued.ticket.settled(outcome);
            } catch (RuntimeException bug) {
                log.error("a ticket ended in an error", bug);
            }
        }
        group.clear();
        if (counted > 0) {
            queue.settled(counted, bytes);
            metrics.settled(accepted, rejected, failed);
        }
    }

    private static Outcome outcome(Queued queued) {
        @Nullable Outcome outcome = queued.outcome;
        return outcome == null ? new Outcome.Failed("internal error") : outcome;
    }
}
