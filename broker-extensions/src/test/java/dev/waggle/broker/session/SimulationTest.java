package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Actor;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Outcome;
import dev.waggle.store.Reads;
import dev.waggle.store.memory.WriteFault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The data path under everything at once: several devices a user, lost connections, killed processes, power cuts, writes
 * that fail before, during and after they reached the log, members who come and go. Afterwards nothing acknowledged is
 * missing, nothing is there twice, and every device has everything that it may see or a notice that it will not.
 */
class SimulationTest {
    private static final List<String> USERS = List.of("alice", "bob", "carol");
    private static final RateLimit FAST = new RateLimit(1_000_000, 1_000_000);

    private TestChat chat = new TestChat();
    private List<SimDevice> devices = List.of();
    private Random random = new Random(0);

    /** {@code waggle.simulation.seed} repeats one run; {@code waggle.simulation.seconds} says how long fresh ones go on. */
    @Test
    void anything_everywhere_nothingLostNothingTwice() {
        Long wanted = Long.getLong("waggle.simulation.seed");
        long end = System.nanoTime() + Long.getLong("waggle.simulation.seconds", 15L) * 1_000_000_000L;
        long seed = wanted == null ? new SecureRandom().nextLong() : wanted;
        int runs = 0;
        do {
            try {
                simulate(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("repeat with -Dwaggle.simulation.seed=" + seed, failure);
            }
            runs++;
            seed++;
        } while (wanted == null && System.nanoTime() < end);
        System.out.println("simulation: " + runs + " runs, the last with seed " + (seed - 1));
    }

    private void simulate(long seed) {
        random = new Random(seed);
        chat = new TestChat(Rates.Settings.all(FAST));
        devices = new ArrayList<>();
        for (String user : USERS) {
            devices.add(new SimDevice(chat, user, "phone", true));
            devices.add(new SimDevice(chat, user, "tablet", false));
        }
        devices.forEach(SimDevice::connect);
        chat.group("alice", "bob", "carol");
        for (int step = 0; step < 400; step++) {
            step();
            chat.run();
            devices.forEach(SimDevice::listen);
        }
        comeToRest();
        for (ConversationId conversation : conversations()) {
            check(conversation);
        }
    }

    private void step() {
        SimDevice device = devices.get(random.nextInt(devices.size()));
        int roll = random.nextInt(100);
        if (roll < 45) {
            if (device.client != null) {
                device.send(target(device.user), 1 + random.nextInt(2));
            }
        } else if (roll < 70) {
            device.acknowledge(random, false);
        } else if (roll < 78) {
            chat.pass(50 + random.nextInt(200));
        } else if (roll < 88) {
            if (device.client == null) {
                device.connect();
            } else if (random.nextInt(4) == 0) {
                device.takeOver();
            } else {
                device.close();
            }
        } else if (roll < 92) {
            changeMembers();
        } else if (roll < 95) {
            WriteFault fault = WriteFault.values()[random.nextInt(WriteFault.values().length)];
            int[] left = {1 + random.nextInt(3)};
            chat.medium.plan(sync -> left[0]-- == 1 ? fault : WriteFault.NONE);
        } else if (roll < 97) {
            devices.forEach(SimDevice::lost);
            if (random.nextBoolean()) {
                chat.crash();
            } else {
                chat.powerCut(random.nextInt(chat.medium.unsynced() + 1));
            }
        } else if (roll < 98) {
            monthLater();
        }
    }

    /** Everything in an inbox is too old then, and every key too: only while nobody waits for an answer or is away. */
    private void monthLater() {
        if (chat.isWell() && devices.stream().allMatch(device -> device.client != null && device.isAnswered())) {
            chat.clock.advance(32 * 24 * 3_600_000L);
            chat.pass(500);
        }
    }

    private String target(String from) {
        return random.nextInt(3) == 0 ? "g/team" : "d/" + USERS.get(random.nextInt(USERS.size()));
    }

    private void changeMembers() {
        UserId user = new UserId(USERS.get(1 + random.nextInt(2)));
        Actor alice = Actor.of(new UserId("alice"), null);
        long now = chat.clock.millis();
        switch (random.nextInt(8)) {
            case 0, 1 -> chat.ask(new Command.AddMembers(alice, TestChat.TEAM, List.of(user), null, now));
            case 2 -> remove(user, new Command.RemoveMembers(alice, TestChat.TEAM, List.of(user), null, now));
            case 3 -> {
                if (isMember(user)) {
                    remove(user, standing(alice, Standing.Kind.BANNED, user, 0));
                    chat.ask(standing(alice, Standing.Kind.UNBANNED, user, 0));
                }
            }
            case 4 -> {
                chat.ask(standing(alice, Standing.Kind.INVITED, user, 0));
                if (random.nextBoolean()) {
                    chat.ask(new Command.ChangeStanding(
                            Actor.of(user, null), TestChat.TEAM, Standing.Kind.REQUESTED, List.of(), 0, null, now));
                }
            }
            case 5 -> chat.ask(standing(alice, Standing.Kind.MUTED, user, 1));
            case 6 ->
                chat.ask(new Command.ChangeRole(
                        alice, TestChat.TEAM, user, MemberRole.values()[1 + random.nextInt(3)], null, now));
            default ->
                chat.ask(new Command.UpdateGroup(alice, TestChat.TEAM, GroupPatch.named("at " + now), null, now));
        }
    }

    private Command.ChangeStanding standing(Actor by, Standing.Kind kind, UserId user, long seconds) {
        return new Command.ChangeStanding(by, TestChat.TEAM, kind, List.of(user), seconds, null, chat.clock.millis());
    }

    private boolean isMember(UserId user) {
        Answer<Reads.GroupPage> page = chat.reads()
                .group(user, TestChat.TEAM.group(), null, 1)
                .toCompletableFuture()
                .join();
        return page instanceof Answer.Given;
    }

    private void remove(UserId user, Command.OfConversation command) {
        // What came before the removal is heard first: from then on nothing of it may come.
        devices.forEach(SimDevice::listen);
        if (!(chat.ask(command) instanceof Outcome.Accepted accepted)) {
            return;
        }
        long seq = 0;
        if (accepted.reply() instanceof Reply.MembersRemoved removed) {
            seq = removed.removed().contains(user) ? removed.seq() : 0;
        } else if (accepted.reply() instanceof Reply.GroupChanged changed) {
            seq = changed.seq();
        }
        for (SimDevice device : devices) {
            if (seq > 0 && device.user.equals(user.value())) {
                device.removedAt.merge("g/team", seq, Math::max);
            }
        }
    }

    /** Everything heals, everybody comes back and says what is left to say. */
    private void comeToRest() {
        chat.medium.plan(sync -> WriteFault.NONE);
        int quietRounds = 0;
        for (int round = 0; round < 300; round++) {
            chat.pass(500);
            boolean rest = chat.isWell();
            for (SimDevice device : devices) {
                if (device.client == null) {
                    device.connect();
                    rest = false;
                }
                device.acknowledge(random, true);
                chat.run();
                device.listen();
                rest &= device.isDone();
            }
            // What the last device of a round caused, the first one hears in the next.
            quietRounds = rest ? quietRounds + 1 : 0;
            if (quietRounds == 2) {
                return;
            }
        }
        throw new AssertionError("no rest: "
                + devices.stream().filter(device -> !device.isDone()).toList());
    }

    private static List<ConversationId> conversations() {
        List<ConversationId> all = new ArrayList<>();
        all.add(TestChat.TEAM);
        for (int i = 0; i < USERS.size(); i++) {
            for (int j = i; j < USERS.size(); j++) {
                all.add(TestChat.direct(USERS.get(i), USERS.get(j)));
            }
        }
        return all;
    }

    private void check(ConversationId conversation) {
        List<Event.LogEntry> log = log(conversation);
        Map<String, Long> bodies = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).seq()).as("no hole, no repeat").isEqualTo(i + 1L);
            if (log.get(i) instanceof Event.MessageStored message) {
                assertThat(bodies.put(message.body().asUtf8(), message.seq()))
                        .as("stored once: %s", message.body().asUtf8())
                        .isNull();
            }
        }
        for (SimDevice device : devices) {
            UserId me = new UserId(device.user);
            ConversationName name = conversation.seenBy(me);
            boolean part = !(conversation instanceof ConversationId.Direct direct) || direct.has(me);
            device.acknowledged.forEach((key, to) -> {
                if (part && to.equals(name.text())) {
                    assertThat(bodies).as("acknowledged").containsKey(key);
                }
            });
            if (part) {
                check(device, name.text(), log);
            }
        }
    }

    private static void check(SimDevice device, String conversation, List<Event.LogEntry> log) {
        Set<Long> mayOrMust = visible(new UserId(device.user), log);
        TreeSet<Long> received = device.received.getOrDefault(conversation, new TreeSet<>());
        assertThat(mayOrMust)
                .as("%s.%s in %s", device.user, device.name, conversation)
                .containsAll(received);
        Set<Long> covered = new HashSet<>(received);
        covered.addAll(device.missing.getOrDefault(conversation, new TreeSet<>()));
        for (Event.LogEntry entry : log) {
            if (entry.device() != null
                    && entry.device().value().equals(device.name)
                    && entry.from().user().value().equals(device.user)) {
                covered.add(entry.seq());
            }
        }
        assertThat(covered)
                .as("%s.%s in %s", device.user, device.name, conversation)
                .containsAll(mayOrMust);
    }

    /** The seqs addressed to a user: of a group, those while it was a member, the one that ended that, and invitations. */
    private static Set<Long> visible(UserId user, List<Event.LogEntry> log) {
        Set<Long> seqs = new HashSet<>();
        boolean member = !log.isEmpty() && log.get(0).conversation() instanceof ConversationId.Direct;
        for (Event.LogEntry entry : log) {
            boolean before = member;
            boolean invited = false;
            if (entry instanceof Event.MembersChanged change) {
                member |= change.added().stream().map(Member::user).anyMatch(user::equals);
                member &= !change.removed().contains(user);
                Standing standing = change.standing();
                invited = standing != null
                        && standing.kind() == Standing.Kind.INVITED
                        && standing.users().contains(user);
            }
            if (before || member || invited) {
                seqs.add(entry.seq());
            }
        }
        return seqs;
    }

    private List<Event.LogEntry> log(ConversationId conversation) {
        UserId reader = conversation instanceof ConversationId.Direct direct ? direct.low() : new UserId("alice");
        List<Event.LogEntry> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            Answer<Reads.HistoryPage> answer = chat.reads()
                    .history(reader, conversation, null, (long) all.size(), 200)
                    .toCompletableFuture()
                    .join();
            if (!(answer instanceof Answer.Given<Reads.HistoryPage> given)) {
                return all;
            }
            all.addAll(given.value().entries());
            more = given.value().more();
        }
        return all;
    }
}
