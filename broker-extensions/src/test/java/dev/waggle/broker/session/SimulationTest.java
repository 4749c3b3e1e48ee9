package dev.waggle.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.inbound.RateLimit;
import dev.waggle.broker.inbound.Rates;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.Reads;
import dev.waggle.store.memory.WriteFault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The data path under everything at once: several devices a user, lost connections, killed processes, power cuts, writes
 * that fail before, during and after they reached the log, members who come and go, edits, deletions, blocks. Afterwards nothing acknowledged is
 * missing, nothing is there twice, and every device has everything that it may see or a notice that it will not.
 */
class SimulationTest {
    private static final List<String> USERS = List.of("alice", "bob", "carol");
    /** What who is no member hears of, too. */
    private static final Set<Standing.Kind> CONCERNING =
            EnumSet.of(Standing.Kind.INVITED, Standing.Kind.DECLINED, Standing.Kind.REQUESTED, Standing.Kind.REFUSED);

    private static final RateLimit FAST = new RateLimit(1_000_000, 1_000_000);

    private TestChat chat = new TestChat();
    private List<SimDevice> devices = List.of();
    private SimPeople people = new SimPeople(chat, devices, new Random(0));
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
        people = new SimPeople(chat, devices, random);
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
        if (roll < 42) {
            if (device.client != null) {
                device.send(target(device.user), 1 + random.nextInt(2));
            }
        } else if (roll < 66) {
            device.acknowledge(random, false);
        } else if (roll < 73) {
            chat.pass(50 + random.nextInt(200));
        } else if (roll < 82) {
            if (device.client == null) {
                device.connect();
            } else if (random.nextInt(4) == 0) {
                device.takeOver();
            } else {
                device.close();
            }
        } else if (roll < 90) {
            people.act();
        } else if (roll < 92) {
            device.read(random);
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
            devices.forEach(device -> device.trimmed = true);
            chat.clock.advance(32 * 24 * 3_600_000L);
            chat.pass(500);
        }
    }

    private String target(String from) {
        return random.nextInt(3) == 0 ? "g/team" : "d/" + USERS.get(random.nextInt(USERS.size()));
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
                if (part && to.equals(name.text()) && !people.touched.contains(key)) {
                    assertThat(bodies).as("acknowledged").containsKey(key);
                }
            });
            if (part) {
                check(device, name.text(), log);
                checkRead(device, name);
            }
        }
    }

    /** What was acknowledged as read stays read; a group that one is not in any more is not shown. */
    private void checkRead(SimDevice device, ConversationName name) {
        long read = device.read.getOrDefault(name.text(), 0L);
        chat
                .reads()
                .inbox(new UserId(device.user), null, null, 100)
                .toCompletableFuture()
                .join()
                .conversations()
                .stream()
                .filter(line -> line.conversation().equals(name))
                .forEach(line -> assertThat(line.read())
                        .as("%s.%s has read in %s", device.user, device.name, name.text())
                        .isGreaterThanOrEqualTo(read));
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
            // What was seen before it was edited may have been received.
            boolean edited = entry instanceof Event.MessageStored message && message.edit() != null;
            if (!edited && entry.hiddenFrom().contains(new UserId(device.user))) {
                assertThat(received)
                        .as("%s.%s: of somebody blocked in %s", device.user, device.name, conversation)
                        .doesNotContain(entry.seq());
            }
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

    /** The seqs addressed to a user: of a group, those while it was a member, the one that ended that, and what concerns it. */
    private static Set<Long> visible(UserId user, List<Event.LogEntry> log) {
        Set<Long> seqs = new HashSet<>();
        boolean member = !log.isEmpty() && log.get(0).conversation() instanceof ConversationId.Direct;
        for (Event.LogEntry entry : log) {
            boolean before = member;
            boolean concerned = false;
            if (entry instanceof Event.MembersChanged change) {
                member |= change.added().stream().map(Member::user).anyMatch(user::equals);
                member &= !change.removed().contains(user);
                Standing standing = change.standing();
                concerned = standing != null
                        && CONCERNING.contains(standing.kind())
                        && standing.users().contains(user);
            }
            if (before || member || concerned) {
                seqs.add(entry.seq());
            }
        }
        return seqs;
    }

    /** As those see it together who see everything: nobody blocks or hides something on both sides. */
    private List<Event.LogEntry> log(ConversationId conversation) {
        if (!(conversation instanceof ConversationId.Direct direct)) {
            return log(conversation, new UserId("alice"));
        }
        TreeMap<Long, Event.LogEntry> all = new TreeMap<>();
        log(conversation, direct.low()).forEach(entry -> all.put(entry.seq(), entry));
        log(conversation, direct.high()).forEach(entry -> all.put(entry.seq(), entry));
        return List.copyOf(all.values());
    }

    private List<Event.LogEntry> log(ConversationId conversation, UserId reader) {
        List<Event.LogEntry> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            long after = all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
            Answer<Reads.HistoryPage> answer = chat.reads()
                    .history(reader, conversation, null, after, 200)
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
