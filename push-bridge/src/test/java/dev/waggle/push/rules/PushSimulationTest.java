package dev.waggle.push.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.Registration;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.SeqRanges;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.OwnSettings;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two devices, an afternoon of messages, acknowledgements, reads, mutes, comings and goings, activity at a desk and
 * restarts; after each step the rules must decide what the naive model says.
 */
class PushSimulationTest {
    /** As usual, with a budget that is soon spent. */
    private static final PushLimits LIMITS = limits(3);

    private static final List<ConversationName> CONVERSATIONS = List.of(
            Scene.TEAM,
            Scene.WITH_BOB,
            ConversationName.parse("g/other").get(),
            ConversationName.parse("g/fourth").get());
    private static final List<DeviceId> DEVICES = List.of(Scene.PHONE, Scene.TABLET);
    private static final int STEPS = 300;

    private final PushRules rules = new PushRules(LIMITS, new Scene.Plain());

    /** One afternoon. */
    private final class Afternoon {
        private final Random random;
        private long now = Scene.NOON;
        private long deskAt;
        private Ledger ledger = new Ledger(LIMITS, 10);
        private final List<Waiting> inbox = new ArrayList<>();
        private final Set<ConversationName> muted = new HashSet<>();
        private final Map<DeviceId, NaiveDevice> naive = new HashMap<>();
        private final Map<DeviceId, Long> handled = new HashMap<>();
        private int sent;

        Afternoon(long seed) {
            random = new Random(seed);
            DEVICES.forEach(device -> {
                naive.put(device, new NaiveDevice(LIMITS, now));
                handled.put(device, 0L);
            });
        }

        int live() {
            for (int step = 0; step < STEPS; step++) {
                somethingHappens();
                long next = check();
                long later = now + random.nextInt(random.nextInt(8) == 0 ? 40_000 : 3_000);
                if (later < next) {
                    now = later;
                    assertThat(sends(rules.decide(situation(), ledger)))
                            .as("something is due before it was said to be")
                            .isEmpty();
                } else {
                    now = next;
                }
            }
            return sent;
        }

        private void somethingHappens() {
            NaiveDevice device = naive.get(DEVICES.get(random.nextInt(DEVICES.size())));
            switch (random.nextInt(12)) {
                case 0 -> {
                    device.online = !device.online;
                    device.since = now;
                }
                case 1, 2 ->
                    inbox.stream()
                            .filter(message -> device.online && random.nextInt(3) > 0)
                            .forEach(message -> device.acknowledged.add(message.position()));
                case 3 -> {
                    ConversationName read = conversation();
                    inbox.replaceAll(message -> message.conversation().equals(read)
                            ? new Scene.Entry(message).read().made()
                            : message);
                }
                case 4 -> {
                    if (random.nextInt(20) == 0) {
                        mute(conversation());
                    }
                }
                case 5 -> deskAt = random.nextInt(3) == 0 ? now : deskAt;
                case 6 -> {
                    if (random.nextInt(10) == 0) {
                        ledger = new Ledger(LIMITS, 10);
                        naive.forEach((id, one) -> one.restart(now, handled.get(id)));
                    }
                }
                default -> message(conversation());
            }
        }

        private void message(ConversationName conversation) {
            long seq = inbox.stream()
                            .filter(message -> message.conversation().equals(conversation))
                            .count()
                    + 1;
            Scene.Entry entry = new Scene.Entry(inbox.size() + 1L, now, conversation, seq)
                    .from(random.nextInt(10) == 0 ? Scene.ME : Scene.BOB);
            inbox.add((muted.contains(conversation) ? entry.own(mutedForEver()) : entry).made());
        }

        private void mute(ConversationName conversation) {
            muted.add(conversation);
            inbox.replaceAll(message -> message.conversation().equals(conversation)
                    ? new Scene.Entry(message).own(mutedForEver()).made()
                    : message);
        }

        private OwnSettings mutedForEver() {
            return new OwnSettings(Long.MAX_VALUE, OwnSettings.Level.ALL, SeqRanges.NONE, 0);
        }

        private ConversationName conversation() {
            return CONVERSATIONS.get(random.nextInt(CONVERSATIONS.size()));
        }

        /** Decides as the rules do and as the model does; says when the rules want to be asked again. */
        private long check() {
            Situation situation = situation();
            List<Decision> decisions = rules.decide(situation, ledger);
            for (DeviceId device : DEVICES) {
                check(
                        device,
                        naive.get(device),
                        sends(decisions).stream()
                                .filter(send -> send.device().equals(device))
                                .toList());
            }
            decisions.forEach(decision -> ledger.note(Scene.ME, decision, now));
            handled.putAll(rules.handled(situation, decisions));
            return decisions.stream()
                    .filter(Decision.Wait.class::isInstance)
                    .mapToLong(wait -> ((Decision.Wait) wait).until())
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        private void check(DeviceId device, NaiveDevice model, List<Decision.Send> sends) {
            Map<ConversationName, List<Waiting>> ready = new HashMap<>();
            for (ConversationName conversation : CONVERSATIONS) {
                List<Waiting> due = model.due(inbox, conversation, now);
                if (!due.isEmpty() && model.mayGo(due, conversation, deskAt, now)) {
                    ready.put(conversation, due);
                }
            }
            assertThat(sends)
                    .as("%s of %s at %s", device, ready, now - Scene.NOON)
                    .hasSize(Math.min(ready.size(), model.budget(now)));
            for (Decision.Send send : sends) {
                List<Waiting> due = ready.get(send.conversation());
                assertThat(due).isNotNull().hasSize(send.push().count());
                assertThat(due.get(due.size() - 1).seq()).isEqualTo(send.seq());
                model.push(due, send.conversation(), now);
                sent++;
            }
        }

        private Situation situation() {
            List<Sleeper> devices = DEVICES.stream()
                    .map(device -> sleeper(device, naive.get(device)))
                    .toList();
            Map<DeviceId, Long> activity = deskAt == 0 ? Map.of() : Map.of(Scene.DESK, deskAt);
            return new Situation(Scene.ME, now, inbox.size(), devices, activity, inbox, false, PushSettings.USUAL, 0);
        }

        private Sleeper sleeper(DeviceId device, NaiveDevice model) {
            Registration registration = new Registration(
                    "default",
                    new Address.Webhook("x"),
                    Locale.ENGLISH,
                    ZoneOffset.UTC,
                    "",
                    null,
                    false,
                    null,
                    Scene.NOON);
            List<Long> above = List.copyOf(new TreeSet<>(model.acknowledged));
            return new Sleeper(
                    device,
                    registration,
                    handled.get(device),
                    new DeviceProgress(0, above, inbox.size()),
                    model.online,
                    model.since);
        }
    }

    @Property(tries = 60)
    void rules_decideWhatTheNaiveModelSays(@ForAll long seed) {
        assertThat(new Afternoon(seed).live()).as("pushes of an afternoon").isPositive();
    }

    private static List<Decision.Send> sends(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Send.class::isInstance)
                .map(Decision.Send.class::cast)
                .toList();
    }

    private static PushLimits limits(int burst) {
        PushLimits usual = PushLimits.USUAL;
        return new PushLimits(
                usual.unacknowledgedAfter(),
                usual.grace(),
                usual.activeWithin(),
                usual.window(),
                burst,
                Duration.ofSeconds(7),
                usual.perHour(),
                usual.backgroundPerHour(),
                usual.ttl(),
                usual.callTtl(),
                usual.heldAtMost(),
                usual.gather(),
                usual.updateEvery(),
                usual.stale(),
                usual.forgotten(),
                usual.threads());
    }
}
