package dev.waggle.broker.push;

import dev.waggle.broker.push.DeadLetter.Cause;
import dev.waggle.broker.push.PushEngine.Work;
import dev.waggle.push.Outcome;
import dev.waggle.push.guard.Backoff;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes on their way: handed to a provider, tried again as its answers say, given up when their time has passed. Before
 * each further try the store is asked whether the push is still wanted.
 */
@RunsOn("push")
final class PushJobs {
    private static final Logger LOG = LoggerFactory.getLogger(PushJobs.class);

    /** Until somebody has looked at our own credentials. */
    private static final Duration REPAIR = Duration.ofMinutes(1);
    /** Until it is clear whether so many addresses are really unknown. */
    private static final Duration DOUBT = Duration.ofMinutes(5);
    /** By then more than a day has passed with every base. */
    private static final int MOST_TRIES = 20;

    private static final int MOST_ENTRIES = 256;

    /** Looks at the store at a time: after a failure of a provider thousands come back together. */
    private static final int MOST_CHECKS = 16;

    /** Pushes on their way or waiting for a provider; with their contents some 100 MB. */
    private static final int MOST_JOBS = 50_000;

    private final ChatStore store;
    private final Outlets outlets;
    private final Backoff backoff;
    private final Ledger ledger;
    private final PushJournal journal;
    private final DeadLetters letters;
    private final PushCounts counts;
    private final InstantSource clock;
    private final Executor thread;
    private final Consumer<Work> finished;
    private final Alarms<Job> alarms = new Alarms<>();
    /** Made here as they are needed, looked at by metrics too. */
    private final Map<OutletId, OutletQueue> queues = new ConcurrentHashMap<>();

    /** Their time has come; they wait for a look at the store. */
    private final ArrayDeque<Job> due = new ArrayDeque<>();

    private int checks;
    private int under;

    PushJobs(PushParts parts, Executor thread, Consumer<Work> finished) {
        this.store = parts.store();
        this.outlets = parts.outlets();
        this.backoff = parts.backoff();
        this.ledger = parts.ledger();
        this.journal = parts.journal();
        this.letters = parts.letters();
        this.counts = parts.counts();
        this.clock = parts.clock();
        this.thread = thread;
        this.finished = finished;
    }

    /** True while a few more may be started. */
    boolean hasRoom() {
        return under < MOST_JOBS;
    }

    /** True while a few more may be started to this device; where there is no way, they end at once. */
    boolean hasRoom(Sleeper to) {
        return outlet(to).fold(outlet -> queue(outlet).hasRoom(), none -> true);
    }

    /** False: no provider is configured for its app. */
    boolean hasWay(Sleeper to) {
        return outlet(to).isOk();
    }

    /** Pushes that are not done with. */
    int under() {
        return under;
    }

    /** What is on its way through an outlet. */
    OutletQueue queue(Outlet outlet) {
        return queues.computeIfAbsent(outlet.id(), id -> new OutletQueue(outlet));
    }

    private Parsed<Outlet> outlet(Sleeper to) {
        return outlets.of(to.registration().app(), to.registration().address());
    }

    void start(Job job) {
        job.work.jobs++;
        job.begun = clock.millis();
        under++;
        Parsed<Outlet> outlet = outlet(job.to);
        if (outlet instanceof Parsed.Bad<Outlet> none) {
            give(job, new OutletId(job.to.registration().app(), "none"), Cause.UNDELIVERABLE, none.reason());
        } else {
            OutletQueue queue = queue(outlet.get());
            job.queue = queue;
            queue.begin(job);
            send(job, queue);
        }
    }

    private void finish(Job job) {
        under--;
        if (job.queue != null) {
            job.queue.end(job);
        }
        finished.accept(job.work);
    }

    void turn(long now) {
        due.addAll(alarms.ring(now));
        checkMore();
    }

    private void checkMore() {
        for (Job job = due.peek(); job != null && checks < MOST_CHECKS; job = due.peek()) {
            due.poll();
            checks++;
            check(job);
        }
    }

    private void send(Job job, OutletQueue queue) {
        queue.add(job);
        next(queue);
    }

    private void next(OutletQueue queue) {
        while (queue.hasNext()) {
            hand(queue.next(), queue);
        }
    }

    private void hand(Job job, OutletQueue queue) {
        long began = clock.millis();
        queue.outlet()
                .provider()
                .send(job.to.registration().address(), job.send.push())
                .whenCompleteAsync(
                        (outcome, bug) -> {
                            if (bug != null) {
                                LOG.error("a bug: a provider of pushes failed without an outcome", bug);
                            }
                            queue.answered();
                            answered(
                                    job,
                                    queue,
                                    bug == null ? outcome : new Outcome.Later("the server failed", REPAIR, null, false),
                                    began);
                            next(queue);
                        },
                        thread);
    }

    private void answered(Job job, OutletQueue queue, Outcome outcome, long began) {
        long now = clock.millis();
        OutletId outlet = queue.outlet().id();
        job.tries++;
        counts.tried(outlet, outcome, now - began);
        journal.tried(job.work.user, job.send, outlet, outcome, now);
        boolean believed = queue.outlet().prune().mayPrune(outcome);
        if (outcome instanceof Outcome.Accepted) {
            counts.accepted(outlet, now - job.oldest, job.send.push().count());
            finish(job);
        } else if (outcome instanceof Outcome.Later later) {
            again(job, outlet, later);
        } else if (outcome instanceof Outcome.Misconfigured misconfigured) {
            again(job, outlet, new Outcome.Later(misconfigured.reason(), REPAIR, null, false));
        } else if (outcome instanceof Outcome.Undeliverable undeliverable) {
            give(job, outlet, Cause.UNDELIVERABLE, undeliverable.reason());
        } else if (isGone(job, outcome) || (outcome instanceof Outcome.Unknown && believed)) {
            prune(job, outlet, outcome.reason());
        } else {
            again(job, outlet, new Outcome.Later(outcome.reason(), DOUBT, null, false));
        }
    }

    /** What was noticed before the device registered says nothing about that registration. */
    private static boolean isGone(Job job, Outcome outcome) {
        return outcome instanceof Outcome.Gone gone
                && (gone.since() == 0 || gone.since() >= job.to.registration().at());
    }

    private void again(Job job, OutletId outlet, Outcome.Later later) {
        long at = clock.millis() + backoff.delay(later, job.tries - 1).toMillis();
        if (at >= job.send.push().expiresAt() || job.tries > MOST_TRIES) {
            give(job, outlet, Cause.EXPIRED, later.reason());
        } else if (!job.send.push().kind().isShown()) {
            give(job, outlet, Cause.UNDELIVERABLE, "an update is not repeated");
        } else {
            counts.retried(outlet);
            alarms.set(job, at);
        }
    }

    private void check(Job job) {
        store.reads()
                .sleepers(job.work.user, job.from, MOST_ENTRIES)
                .whenCompleteAsync(
                        (seen, failure) -> {
                            checks--;
                            OutletQueue queue = job.queue;
                            if (queue != null && (failure != null || isWanted(job, seen))) {
                                send(job, queue);
                            } else {
                                journal.cancelled(job.work.user, job.send, clock.millis());
                                finish(job);
                            }
                            checkMore();
                        },
                        thread);
    }

    /** True while the device has something of it unacknowledged that nobody has read. */
    private static boolean isWanted(Job job, Reads.Sleepers seen) {
        Optional<Reads.Sleeper> device = seen.devices().stream()
                .filter(one -> one.device().equals(job.to.device()) && one.version() == job.version)
                .findFirst();
        return device.isPresent()
                && seen.waiting().stream()
                        .filter(one -> one.entry().seq() <= job.send.seq()
                                && one.entry()
                                        .conversation()
                                        .seenBy(job.work.user)
                                        .equals(job.send.conversation()))
                        .anyMatch(one -> !one.read() && !hasAcknowledged(device.get(), one.position()));
    }

    private static boolean hasAcknowledged(Reads.Sleeper device, long position) {
        return device.progress() != null && device.progress().isDone(position);
    }

    private void prune(Job job, OutletId outlet, String reason) {
        counts.pruned(outlet);
        LOG.info("nobody is at the address of {}.{} any more: {}", job.work.user, job.to.device(), reason);
        store.submit(
                this,
                new Command.KeepPush(job.work.user, job.to.device(), job.version, null, clock.millis()),
                outcome -> {});
        ledger.forget(job.work.user, job.to.device());
        bury(job, outlet, Cause.PRUNED, reason);
        finish(job);
    }

    private void give(Job job, OutletId outlet, Cause cause, String why) {
        counts.given(outlet, cause == Cause.EXPIRED);
        journal.given(job.work.user, job.send, outlet, cause.code() + ": " + why, clock.millis());
        bury(job, outlet, cause, why);
        finish(job);
    }

    /** An update is of no use later. */
    private void bury(Job job, OutletId outlet, Cause cause, String why) {
        if (job.send.push().kind().isShown()) {
            letters.add(DeadLetter.of(job, outlet, cause, why, clock.millis()));
        }
    }
}
