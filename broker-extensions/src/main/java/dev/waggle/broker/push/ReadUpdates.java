package dev.waggle.broker.push;

import dev.waggle.broker.push.PushEngine.Work;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.rules.Decision;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.ReadSync;
import dev.waggle.push.rules.Sleeper;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.UserId;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Reads;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Takes away on sleeping devices what was read elsewhere; forgotten by a restart, for nothing is lost by that. */
@RunsOn("push")
final class ReadUpdates {
    /** Users of whom something was read and not told yet. */
    private static final int MOST_USERS = 10_000;

    private final ChatStore store;
    private final PushSettingsRecords settings;
    private final Sightings sightings;
    private final PushJobs jobs;
    private final ReadSync rules;
    private final Ledger ledger;
    private final PushJournal journal;
    private final InstantSource clock;
    private final Executor thread;
    private final Alarms<UserId> alarms = new Alarms<>();
    private final Map<UserId, Map<ConversationId, Long>> read = new HashMap<>();

    ReadUpdates(PushParts parts, PushSettingsRecords settings, Sightings sightings, PushJobs jobs, Executor thread) {
        this.store = parts.store();
        this.settings = settings;
        this.sightings = sightings;
        this.jobs = jobs;
        this.rules = parts.readSync();
        this.ledger = parts.ledger();
        this.journal = parts.journal();
        this.clock = parts.clock();
        this.thread = thread;
    }

    void turn(Map<UserId, Map<ConversationId, Long>> news, long now) {
        news.forEach((user, conversations) -> {
            if (read.size() < MOST_USERS || read.containsKey(user)) {
                Map<ConversationId, Long> of = read.computeIfAbsent(user, one -> new HashMap<>());
                conversations.forEach((conversation, seq) -> of.merge(conversation, seq, Math::max));
                alarms.set(user, now);
            }
        });
        alarms.ring(now).forEach(this::look);
    }

    private void look(UserId user) {
        store.reads()
                .sleepers(user, 1)
                .thenCombine(settings.of(user), (seen, wishes) -> (Runnable) () -> decide(user, seen, wishes))
                .thenAcceptAsync(Runnable::run, thread)
                .exceptionally(unreadable -> null);
    }

    private void decide(UserId user, Reads.Sleepers seen, PushSettings wishes) {
        long now = clock.millis();
        List<Sleeper> devices = sightings.sleepers(user, seen);
        Map<ConversationId, Long> conversations = read.remove(user);
        if (conversations != null) {
            conversations.forEach((conversation, upTo) ->
                    rules.noteRead(user, devices, conversation.seenBy(user), upTo, wishes, now, ledger));
        }
        for (Decision decision : rules.decide(user, devices, Sightings.badge(seen), now, ledger)) {
            if (decision instanceof Decision.Send send) {
                devices.stream()
                        .filter(device -> device.device().equals(send.device()))
                        .findFirst()
                        .ifPresent(device -> jobs.start(Job.update(new Work(user), device, seen, send, now)));
            } else if (decision instanceof Decision.Wait wait) {
                alarms.set(user, wait.until());
            }
            journal.note(user, decision, now);
            ledger.note(user, decision, now);
        }
    }
}
