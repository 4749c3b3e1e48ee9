package dev.waggle.broker.push;

import dev.waggle.broker.push.PushEngine.Seen;
import dev.waggle.broker.push.PushEngine.Work;
import dev.waggle.push.Push;
import dev.waggle.push.rules.Decision;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushRules;
import dev.waggle.push.rules.Situation;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.push.rules.Waiting;
import dev.waggle.spec.RunsOn;
import dev.waggle.store.ChatStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends once more what was given up, if the device is still registered and has not acknowledged, and nobody has read it. The
 * user's settings hold as ever; only that it was dealt with, and how old it is, does not count. Any thread.
 */
public final class Replays {
    /** Entries looked at behind the first one that the push stood for. */
    private static final int MOST_ENTRIES = 256;

    /** Taken to have come so long ago: long enough that a device which is connected would have acknowledged. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final ChatStore store;
    private final DeadLetters letters;
    private final PushSettingsRecords settings;
    private final Sightings sightings;
    private final PushRules rules;
    private final Ledger ledger;
    private final PushJobs jobs;
    private final PushSignals signals;
    private final PushJournal journal;
    private final InstantSource clock;
    private final Executor thread;

    /**
     * What was done.
     *
     * @param push id of the push that was handed over, or null: there was none
     * @param why the reason of the rules; or {@code unregistered}, {@code unconfigured} (there is no provider for
     *     its app), {@code gone} (nothing of it is in the inbox any more), {@code busy}
     * @param until not before then, Unix milliseconds, or 0
     */
    public record Replayed(@Nullable String push, String why, long until) {
        static Replayed nothing(String why) {
            return new Replayed(null, why, 0);
        }
    }

    Replays(PushParts parts, PushSettingsRecords settings, Sightings sightings, PushJobs jobs, Executor thread) {
        this.store = parts.store();
        this.letters = parts.letters();
        this.settings = settings;
        this.sightings = sightings;
        this.rules = parts.rules();
        this.ledger = parts.ledger();
        this.jobs = jobs;
        this.signals = parts.signals();
        this.journal = parts.journal();
        this.clock = parts.clock();
        this.thread = thread;
    }

    /** Empty: there is no such letter. Completes exceptionally if the store cannot be read. */
    public CompletionStage<Optional<Replayed>> replay(String id) {
        return letters.find(id)
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : look(found.get()).thenApply(Optional::of));
    }

    private CompletionStage<Replayed> look(DeadLetter letter) {
        return store.reads()
                .sleepers(letter.user(), letter.from(), MOST_ENTRIES)
                .thenCombine(settings.of(letter.user()), Seen::new)
                .thenApplyAsync(seen -> decide(letter, seen), thread);
    }

    @RunsOn("push")
    private Replayed decide(DeadLetter letter, Seen seen) {
        long now = clock.millis();
        Situation whole = sightings.situation(letter.user(), seen.sleepers(), seen.settings(), now);
        Optional<Sleeper> to = whole.devices().stream()
                .filter(one -> one.device().equals(letter.device()))
                .findFirst();
        if (to.isEmpty()) {
            return Replayed.nothing("unregistered");
        }
        if (!jobs.hasWay(to.get())) {
            return Replayed.nothing("unconfigured");
        }
        if (!jobs.hasRoom() || !jobs.hasRoom(to.get())) {
            return Replayed.nothing("busy");
        }
        List<Waiting> about = whole.waiting().stream()
                .filter(one -> isAbout(letter, one))
                .map(one -> one.isCall() ? one : one.storedAt(Math.max(one.ts(), now - LATELY.toMillis())))
                .toList();
        if (about.isEmpty()) {
            return Replayed.nothing("gone");
        }
        Situation situation = whole.of(List.of(to.get().handledUpTo(letter.from() - 1)), about);
        return carryOut(letter, situation, seen, rules.decide(situation, ledger.blank()));
    }

    private static boolean isAbout(DeadLetter letter, Waiting one) {
        boolean call = letter.kind() == Push.Kind.CALL;
        return one.conversation().equals(letter.conversation())
                && one.isCall() == call
                && (call ? one.seq() == letter.seq() : one.seq() <= letter.seq());
    }

    private Replayed carryOut(DeadLetter letter, Situation situation, Seen seen, List<Decision> decisions) {
        Replayed done = Replayed.nothing("gone");
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Send send) {
                if (!letters.remove(letter.id())) {
                    return done; // somebody else was faster
                }
                // If it fails again, there is a new letter.
                signals.shows(letter.user());
                journal.note(letter.user(), send, situation.now());
                ledger.note(letter.user(), send, situation.now());
                jobs.start(Job.of(new Work(letter.user()), situation, seen.sleepers(), send));
                return new Replayed(send.push().id().toString(), send.reason().code(), 0);
            }
            done = new Replayed(
                    null, decision.reason().code(), decision instanceof Decision.Wait wait ? wait.until() : 0);
        }
        return done;
    }
}
