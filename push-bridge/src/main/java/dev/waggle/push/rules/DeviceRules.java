package dev.waggle.push.rules;

import dev.waggle.push.Push;
import dev.waggle.push.registration.Privacy;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules that look at all that one device may be told: F3, F5, F6 and the number of F8. One use, one thread; pure. */
final class DeviceRules {
    /** Threads taken away along with a push: they must not take the place of its text. */
    private static final int DISMISSED = 8;

    /** Calls before all else, then what names the user, then what waits longest. */
    private static final Comparator<Ready> BY_URGENCY = Comparator.comparing(
                    (Ready ready) -> ready.kind() != Push.Kind.CALL)
            .thenComparing(ready -> ready.kind() != Push.Kind.MENTION)
            .thenComparing(ready -> ready.oldest().position());

    private final PushLimits limits;
    private final Phrasing phrasing;
    private final Situation situation;
    private final Sleeper device;
    private final DeviceLedger ledger;
    private final EntryRules entryRules;
    private final long activeUntil;

    private final List<Decision> decisions = new ArrayList<>();

    DeviceRules(PushLimits limits, Phrasing phrasing, Situation situation, Sleeper device, DeviceLedger ledger) {
        this.limits = limits;
        this.phrasing = phrasing;
        this.situation = situation;
        this.device = device;
        this.ledger = ledger;
        entryRules = new EntryRules(limits, situation);
        activeUntil = activeElsewhereUntil(limits, situation, device.device());
    }

    List<Decision> decide(Map<ConversationName, List<Waiting>> waiting) {
        List<Ready> ready = new ArrayList<>();
        waiting.forEach((conversation, entries) -> gather(conversation, entries, ready));
        ready.sort(BY_URGENCY);
        spend(ready);
        return decisions;
    }

    private void gather(ConversationName conversation, List<Waiting> entries, List<Ready> ready) {
        DeviceLedger.Shown shown = ledger.shown(conversation);
        Gathering gathering = new Gathering(device.device(), conversation);
        List<Waiting> messages = new ArrayList<>();
        List<Ready> due = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        entries.forEach(entry -> verdicts.add(entryRules.of(entry, device, shown)));
        int newestHeld = situation.more() ? newestHeld(verdicts) : -1;
        for (int i = 0; i < entries.size(); i++) {
            Waiting entry = entries.get(i);
            Verdict verdict = verdicts.get(i);
            if (i < newestHeld && isHeld(verdict)) {
                gathering.add(entry, new Verdict.Leave(Reason.CROWDED));
            } else if (verdict != Verdict.DUE) {
                gathering.add(entry, verdict);
            } else if (entry.isCall()) {
                due.add(Ready.call(entry));
            } else {
                messages.add(entry);
            }
        }
        if (!messages.isEmpty()) {
            due.add(Ready.messages(messages));
        }
        for (Ready one : due) {
            Verdict verdict = timing(one, shown);
            if (verdict == Verdict.DUE) {
                ready.add(one);
            } else {
                gathering.add(one.oldest(), verdict);
            }
        }
        gathering.into(decisions);
    }

    /**
     * What is held for hours must not keep newer entries from being looked at, a call above all. The newest one stands for
     * them: when it is read, they are.
     */
    private static int newestHeld(List<Verdict> verdicts) {
        for (int i = verdicts.size() - 1; i >= 0; i--) {
            if (isHeld(verdicts.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isHeld(Verdict verdict) {
        return verdict instanceof Verdict.Hold hold
                && (hold.reason() == Reason.QUIET_HOURS || hold.reason() == Reason.DO_NOT_DISTURB);
    }

    /** The oldest decides for all: those that came after it go with it. */
    private Verdict timing(Ready ready, DeviceLedger.Shown shown) {
        PushSettings settings = situation.settings();
        boolean call = ready.kind() == Push.Kind.CALL;
        long elsewhere =
                switch (settings.elsewhere()) {
                    case ALWAYS -> 0;
                    case NEVER -> activeUntil;
                    // A call would be over.
                    case DELAY -> call ? 0 : Math.min(activeUntil, delayed(ready, settings));
                };
        if (elsewhere > situation.now()) {
            return new Verdict.Hold(elsewhere, Reason.ACTIVE_ELSEWHERE);
        }
        long window = shown.at() + limits.window().toMillis();
        return !call && shown.at() > 0 && window > situation.now()
                ? new Verdict.Hold(window, Reason.WINDOW)
                : Verdict.DUE;
    }

    private static long delayed(Ready ready, PushSettings settings) {
        return ready.oldest().ts() + settings.elsewhereSeconds() * 1_000L;
    }

    /** The first millisecond in which the user is not active on another device, if nothing more is done there. */
    private static long activeElsewhereUntil(PushLimits limits, Situation situation, DeviceId device) {
        long last = 0;
        for (Map.Entry<DeviceId, Long> activity : situation.activity().entrySet()) {
            if (!activity.getKey().equals(device)) {
                last = Math.max(last, activity.getValue());
            }
        }
        return last == 0 ? 0 : last + limits.activeWithin().toMillis() + 1;
    }

    private void spend(List<Ready> byUrgency) {
        Budget budget = ledger.budget();
        boolean first = true;
        for (Ready ready : byUrgency) {
            long next = budget.nextAt(situation.now(), limits);
            if (next > situation.now()) {
                decisions.add(new Decision.Wait(
                        device.device(), ready.conversation(), ready.oldest().position(), next, Reason.BUDGET));
                continue;
            }
            decisions.add(send(ready, first));
            budget = budget.spend(situation.now(), limits);
            first = false;
        }
    }

    private Decision send(Ready ready, boolean first) {
        UserId user = situation.user();
        Privacy privacy = situation.settings().privacyFor(device.registration());
        DeviceLedger.Shown shown = ledger.shown(ready.conversation());
        int count = ready.told().size();
        // What was shown before the device woke and slept again is none of this push's business.
        int total = shown.at() >= device.since() ? shown.count() + count : count;
        Phrasing.Said said = phrasing.say(user, device.registration(), privacy, ready.kind(), ready.told(), total);
        long seq = ready.newest().seq();
        Push push = new Push(
                PushIds.of(user, device.device(), ready.conversation(), seq, ready.kind()),
                user,
                device.device(),
                ready.kind(),
                said.thread(),
                said.conversation(),
                seq,
                count,
                said.alert(),
                said.sealed(),
                said.image(),
                first ? badge() : null,
                first ? dismissed(said.thread()) : List.of(),
                deadline(ready));
        Reason reason = ready.kind() == Push.Kind.CALL ? Reason.RING : total > count ? Reason.MORE : Reason.FIRST;
        return new Decision.Send(device.device(), push, seq, ready.conversation(), total, reason);
    }

    private @Nullable Integer badge() {
        return Objects.equals(ledger.badge(), situation.badge()) ? null : situation.badge();
    }

    private List<String> dismissed(String thread) {
        return ledger.read(DISMISSED + 1).stream()
                .filter(read -> !read.equals(thread))
                .limit(DISMISSED)
                .toList();
    }

    private long deadline(Ready ready) {
        return ready.entries().stream().mapToLong(entryRules::deadline).max().orElse(situation.now());
    }
}
