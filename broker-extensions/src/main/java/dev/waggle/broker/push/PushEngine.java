package dev.waggle.broker.push;

import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.rules.Decision;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushRules;
import dev.waggle.push.rules.Reason;
import dev.waggle.push.rules.Situation;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each user for whom something is due, from one snapshot of the store, and does what the rules say: send, look again
 * later, or nothing. When all of that is done with, the outbox is told. What ends in the middle begins again with the same
 * decisions, because everything follows from what is stored; a push that was sent already then has the same id.
 */
public final class PushEngine {
    private static final Logger LOG = LoggerFactory.getLogger(PushEngine.class);

    /** Users looked at; the others wait in the store. Some 300 bytes each. */
    private static final int MOST_USERS = 200_000;
    /** Looks at the store at a time, so that pushes leave readers to devices that are here. */
    private static final int MOST_READS = 32;
    /** Entries looked at for one user at a time: a phone shows fewer. */
    private static final int MOST_ENTRIES = 256;

    private static final int PAGE = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long BUSY_MILLIS = 5_000;
    private static final long FAULT_MILLIS = 60_000;

    private final ChatStore store;
    private final PushSettingsRecords settings;
    private final Sightings sightings;
    private final PushRules rules;
    private final Ledger ledger;
    private final PushJobs jobs;
    private final ReadUpdates updates;
    private final Replays replays;
    private final Census census;
    private final PushSignals signals;
    private final PushJournal journal;
    private final PushCounts counts;
    private final InstantSource clock;
    private final Executor thread;

    private final Map<UserId, Work> works = new HashMap<>();
    private final ArrayDeque<Work> ready = new ArrayDeque<>();
    private final Alarms<UserId> alarms = new Alarms<>();
    private final AtomicBoolean turning = new AtomicBoolean();
    private int reads;
    private boolean overflowed;
    private boolean finding;

    /** What is under way for one user. */
    static final class Work {
        final UserId user;
        /** Pushes handed to providers and not done with. */
        int jobs;

        private long lookedAt;
        private boolean reading;
        private boolean again;
        private boolean settling;
        private @Nullable Map<DeviceId, Long> handled;
        /** What the outbox was told last. */
        private Map<DeviceId, Long> told = Map.of();

        Work(UserId user) {
            this.user = user;
        }
    }

    /** What is seen of a user. */
    record Seen(Reads.Sleepers sleepers, PushSettings settings) {}

    public PushEngine(PushParts parts, Executor thread) {
        this.store = parts.store();
        this.settings = new PushSettingsRecords(parts.store());
        this.sightings = new Sightings(parts.live());
        this.rules = parts.rules();
        this.ledger = parts.ledger();
        this.signals = parts.signals();
        this.journal = parts.journal();
        this.counts = parts.counts();
        this.clock = parts.clock();
        this.thread = thread;
        this.jobs = new PushJobs(parts, thread, this::finished);
        this.census = new Census(parts, thread);
        this.replays = new Replays(parts, settings, sightings, jobs, thread);
        this.updates = new ReadUpdates(parts, settings, sightings, jobs, thread);
    }

    /** Begins with what is due in the store; any thread. */
    public void start() {
        signals.listen(this::turn);
    }

    /** Time passes; any thread. */
    public void turn() {
        if (turning.compareAndSet(false, true)) {
            thread.execute(() -> {
                turning.set(false);
                work();
            });
        }
    }

    /** Users that are looked at. */
    public int users() {
        return works.size();
    }

    /** Pushes handed to providers, waiting for one, or for another try. */
    public int underWay() {
        return jobs.under();
    }

    /** What was given up may be sent once more. */
    public Replays replays() {
        return replays;
    }

    /** Devices that can be woken, as counted last; any thread. */
    public Map<OutletId, Census.Count> registrations() {
        return census.counted();
    }

    /** What is on its way through an outlet; any thread. */
    public OutletQueue queue(Outlet outlet) {
        return jobs.queue(outlet);
    }

    @RunsOn("push")
    private void work() {
        PushSignals.News news = signals.take();
        overflowed |= news.missed();
        if (overflowed && !finding && works.size() < MOST_USERS / 2) {
            overflowed = false;
            finding = true;
            find(null);
        }
        long now = clock.millis();
        news.changed().forEach(user -> changed(user, now));
        alarms.ring(now).forEach(this::look);
        updates.turn(news.read(), now);
        census.turn(now);
        jobs.turn(now);
    }

    /** A first message is looked at at once, what follows within a second together: of it, a push tells the number. */
    private void changed(UserId user, long now) {
        Work work = works.get(user);
        if (work == null || work.reading || now - work.lookedAt >= PAUSE_MILLIS) {
            look(user);
            return;
        }
        Long set = alarms.at(user);
        alarms.set(user, Math.min(set == null ? Long.MAX_VALUE : set, work.lookedAt + PAUSE_MILLIS));
    }

    /** Pages through the users for whom something is due. */
    private void find(@Nullable UserId after) {
        store.reads()
                .duePushes(after, PAGE)
                .whenCompleteAsync(
                        (users, failure) -> {
                            if (failure != null || works.size() >= MOST_USERS) {
                                finding = false;
                                overflowed = true;
                                return;
                            }
                            users.forEach(this::look);
                            if (users.size() == PAGE) {
                                find(users.get(PAGE - 1));
                            } else {
                                finding = false;
                            }
                        },
                        thread);
    }

    private void look(UserId user) {
        Work work = works.get(user);
        if (work == null) {
            if (works.size() >= MOST_USERS) {
                overflowed = true;
                return;
            }
            work = new Work(user);
            works.put(user, work);
            signals.watch(user);
        }
        if (work.reading) {
            work.again = true;
            return;
        }
        work.reading = true;
        work.lookedAt = clock.millis();
        ready.add(work);
        read();
    }

    private void read() {
        for (Work work = ready.peek(); work != null && reads < MOST_READS; work = ready.peek()) {
            ready.poll();
            reads++;
            begin(work);
        }
    }

    private void begin(Work work) {
        store.reads()
                .sleepers(work.user, MOST_ENTRIES)
                .thenCombine(settings.of(work.user), Seen::new)
                .whenCompleteAsync(
                        (seen, failure) -> {
                            reads--;
                            work.reading = false;
                            if (failure == null) {
                                decide(work, seen);
                            } else {
                                alarms.set(work.user, clock.millis() + BUSY_MILLIS);
                            }
                            if (work.again) {
                                work.again = false;
                                look(work.user);
                            }
                            read();
                        },
                        thread)
                .exceptionally(bug -> {
                    LOG.error("a bug: deciding about pushes failed", bug);
                    alarms.set(work.user, clock.millis() + FAULT_MILLIS);
                    return null;
                });
    }

    private void decide(Work work, Seen seen) {
        Reads.Sleepers sleepers = seen.sleepers();
        if (sleepers.from() == 0 || sleepers.devices().isEmpty()) {
            work.handled = null;
            settle(work);
            return;
        }
        long now = clock.millis();
        Situation whole = sightings.situation(work.user, sleepers, seen.settings(), now);
        dropUnreadable(work.user, sleepers, whole);
        Situation situation =
                whole.of(whole.devices().stream().filter(jobs::hasRoom).toList());
        if (!jobs.hasRoom() || situation.devices().isEmpty() && !whole.devices().isEmpty()) {
            alarms.set(work.user, now + BUSY_MILLIS);
            return;
        }
        List<Decision> decisions = rules.decide(situation, ledger);
        // Devices for which there is no room now stay due.
        long room = situation.devices().size() < whole.devices().size() ? now + BUSY_MILLIS : Long.MAX_VALUE;
        long next;
        work.jobs++; // what ends at once must not end the whole
        try {
            next = Math.min(room, carryOut(work, sleepers, situation, decisions));
        } finally {
            work.jobs--;
        }
        if (next < Long.MAX_VALUE) {
            alarms.set(work.user, next);
        } else {
            alarms.clear(work.user);
        }
        work.handled = rules.handled(situation, decisions);
        settle(work);
    }

    /** Gives the time at which to decide again, Unix milliseconds, or the largest number: there is nothing to wait for. */
    private long carryOut(Work work, Reads.Sleepers sleepers, Situation situation, List<Decision> decisions) {
        long next = Long.MAX_VALUE;
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Wait wait) {
                next = Math.min(next, wait.until());
            } else if (decision instanceof Decision.Send send) {
                signals.shows(work.user);
                jobs.start(Job.of(work, situation, sleepers, send));
            } else if (decision.reason() != Reason.PUSHED) {
                counts.left(decision.reason());
                if (decision.reason() == Reason.FORGOTTEN) {
                    drop(work.user, sleepers, decision.device());
                }
            }
            journal.note(work.user, decision, situation.now());
            ledger.note(work.user, decision, situation.now());
        }
        return next;
    }

    /** What an earlier version, or a fault, has left behind would stay due for ever. */
    private void dropUnreadable(UserId user, Reads.Sleepers sleepers, Situation situation) {
        for (Reads.Sleeper one : sleepers.devices()) {
            if (situation.devices().stream().noneMatch(known -> known.device().equals(one.device()))) {
                LOG.error("the registration of {}.{} cannot be read and is dropped", user, one.device());
                drop(user, sleepers, one.device());
            }
        }
    }

    /** Unless it has changed meanwhile. */
    private void drop(UserId user, Reads.Sleepers sleepers, DeviceId device) {
        for (Reads.Sleeper one : sleepers.devices()) {
            if (one.device().equals(device)) {
                store.submit(
                        this, new Command.KeepPush(user, device, one.version(), null, clock.millis()), outcome -> {});
            }
        }
    }

    /** A push is done with, one way or another. */
    private void finished(Work work) {
        work.jobs--;
        settle(work);
    }

    /** Tells the outbox what is done with, when nothing of it is under way any more. */
    private void settle(Work work) {
        if (work.jobs > 0 || work.settling) {
            return;
        }
        Map<DeviceId, Long> handled = work.handled;
        work.handled = null;
        if (handled == null) {
            end(work);
        } else if (handled.equals(work.told)) {
            // Nothing is new: what waits has its alarm; without one, it is a fault that must not turn in a loop.
            if (alarms.at(work.user) == null) {
                alarms.set(work.user, clock.millis() + FAULT_MILLIS);
            }
        } else {
            work.settling = true;
            Command command = new Command.SettlePush(work.user, handled, clock.millis());
            boolean taken =
                    store.submit(this, command, outcome -> thread.execute(() -> settled(work, handled, outcome)));
            if (!taken) {
                settled(work, handled, new Outcome.Failed("the store is busy"));
            }
        }
    }

    /** Looks again: if nothing is due any more, that is the end of it. */
    private void settled(Work work, Map<DeviceId, Long> handled, Outcome outcome) {
        work.settling = false;
        if (!(outcome instanceof Outcome.Accepted)) {
            alarms.set(work.user, clock.millis() + BUSY_MILLIS);
            return;
        }
        work.told = handled;
        if (alarms.at(work.user) == null) {
            look(work.user);
        }
    }

    /** Nothing is under way; forgets the user unless there is something to come. */
    private void end(Work work) {
        if (!work.reading && !work.again && alarms.at(work.user) == null && works.remove(work.user, work)) {
            signals.unwatch(work.user);
        }
    }
}
