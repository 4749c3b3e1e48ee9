package dev.waggle.store.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.ConversationId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.Standing;
import dev.waggle.store.check.StoreCheck;
import dev.waggle.store.storage.InboxRow;
import dev.waggle.store.storage.InboxRows;
import dev.waggle.store.storage.KeyRange;
import dev.waggle.store.storage.KeySchema;
import dev.waggle.store.storage.LogRows;
import dev.waggle.store.storage.Rows;
import dev.waggle.store.storage.Storage;
import dev.waggle.store.storage.StorageFailure;
import dev.waggle.store.storage.StorageView.Direction;
import dev.waggle.store.storage.Table;
import dev.waggle.store.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The promises of the store after random crashes; {@code -Dwaggle.simulation.runs} asks for more runs. */
class LaneSimulationTest {
    private static final int RUNS = Integer.getInteger("waggle.simulation.runs", 25);
    /** Nobody asks for them; a trimmed log could not be replayed. RetentionContract and ErasureModelTest have them. */
    private static final Set<Class<?>> MADE_BY_THE_STORE = Set.of(Command.TrimInbox.class, Command.TrimLog.class);

    private static final long FIRST_SEED = Long.getLong("waggle.simulation.seed", System.nanoTime() & 0xFFFF_FFFFL);

    @Test
    void randomCommandsAndCrashes_loseNothingAndRepeatNothing() throws StorageFailure {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            simulate(seed);
        }
        System.out.println("store simulation: seeds " + FIRST_SEED + " to " + (FIRST_SEED + RUNS - 1));
    }

    /** A new kind of command is to be tried here too; the seeds are fixed, so that chance has no say in it. */
    @Test
    void everyKindOfCommand_isCarriedOut() throws StorageFailure {
        Set<Object> done = new HashSet<>();
        int hidden = 0;
        int read = 0;
        for (long seed = 1; seed <= 25; seed++) {
            LaneSimulation simulation = simulate(seed);
            done.addAll(simulation.done);
            hidden += simulation.settings.hiddenForSure();
            read += simulation.marks.acknowledged();
        }
        Set<Object> all = new HashSet<>(List.of(Standing.Kind.values()));
        addKinds(Command.class, all);
        all.removeAll(MADE_BY_THE_STORE);
        assertThat(done).containsAll(all);
        assertThat(hidden).as("messages hidden from who blocked their author").isPositive();
        assertThat(read).as("places read up to").isPositive();
    }

    private static void addKinds(Class<?> type, Set<Object> kinds) {
        if (type.isSealed()) {
            for (Class<?> kind : type.getPermittedSubclasses()) {
                addKinds(kind, kinds);
            }
        } else {
            kinds.add(type);
        }
    }

    private static LaneSimulation simulate(long seed) throws StorageFailure {
        LaneSimulation simulation = new LaneSimulation(seed);
        simulation.run(400);
        assertThat(simulation.violations).as("seed %d", seed).isEmpty();
        Storage storage = simulation.medium.open();
        check(storage, simulation, "seed " + seed);
        storage.close();
        assertThat(simulation.violations).as("seed %d", seed).isEmpty();
        return simulation;
    }

    @Test
    void sameSeed_givesTheSameStore() throws StorageFailure {
        for (long seed = 1; seed <= 3; seed++) {
            LaneSimulation one = new LaneSimulation(seed);
            one.run(300);
            LaneSimulation other = new LaneSimulation(seed);
            other.run(300);

            assertThat(other.sent).isEqualTo(one.sent).isNotEmpty();
        }
    }

    private static void check(Storage storage, LaneSimulation simulation, String where) throws StorageFailure {
        Map<UserId, List<String>> expected = new HashMap<>();
        Set<String> stored = new HashSet<>();
        Set<String> replaced = new HashSet<>();
        Map<ConversationId, List<Event.LogEntry>> logs = new HashMap<>();
        for (ConversationId conversation : conversations()) {
            long seq = 0;
            long ts = 0;
            Set<UserId> members = new LinkedHashSet<>();
            List<Event.LogEntry> log = log(storage, conversation);
            logs.put(conversation, log);
            ErasureCheck.check(log, where + " " + conversation);
            ReplayedGroup group = new ReplayedGroup();
            for (Event.LogEntry entry : log) {
                assertThat(entry.seq()).as(where).isEqualTo(++seq);
                assertThat(entry.ts()).as(where).isGreaterThanOrEqualTo(ts);
                ts = entry.ts();
                if (conversation instanceof ConversationId.Direct direct) {
                    members.add(direct.low());
                    members.add(direct.high());
                }
                Set<UserId> told = new LinkedHashSet<>(members);
                if (entry instanceof Event.MembersChanged || entry instanceof Event.SettingsChanged) {
                    told.addAll(group.apply(entry));
                    members = group.members();
                    told.addAll(members);
                } else if (!(entry instanceof Event.MessagesDeleted)) { // moderators delete from outside, too
                    assertThat(members).as(where).contains(entry.from().user());
                }
                if (entry instanceof Event.MessageStored message) {
                    String body = message.body().asUtf8();
                    assertThat(stored.add(body))
                            .as(where + " " + body + " is stored once")
                            .isTrue();
                    if (message.edit() == null) {
                        simulation.settings.check(message, told);
                    }
                    if (simulation.sent.containsKey(body)) {
                        assertThat(simulation.sent.get(body).seq()).as(where).isEqualTo(seq);
                    }
                }
                if (!(entry instanceof Event.MessageStored message) || message.edit() != null) {
                    replaced.add(conversation + "#" + seq);
                }
                for (UserId user : told) {
                    expected.computeIfAbsent(user, one -> new ArrayList<>()).add(conversation + "#" + seq);
                }
            }
            if (conversation instanceof ConversationId.Group) {
                group.checkViews(storage, log, where);
            }
        }
        simulation.sent.forEach((body, reply) -> assertThat(
                        stored.contains(body) || replaced.contains(simulation.places.get(body) + "#" + reply.seq()))
                .as(where + " " + body)
                .isTrue());
        // Only the opener of the real storage signs it.
        storage.write(new WriteSet().put(Table.META, KeySchema.meta("format"), new byte[] {1}), true);
        assertThat(StoreCheck.run(storage, 5).told()).as(where).isEmpty();
        assertThat(storage.last(Table.KEYS, KeyRange.ALL))
                .as(where + " keys are left when all have expired")
                .isNull();
        SummaryCheck summaries = new SummaryCheck(storage, simulation, logs);
        for (UserId user : RandomCommands.USERS) {
            summaries.check(user, where + " " + user);
            check(storage, user, expected.getOrDefault(user, List.of()), where + " " + user);
        }
    }

    private static List<ConversationId> conversations() {
        List<ConversationId> all = new ArrayList<>(RandomCommands.GROUPS);
        for (UserId one : RandomCommands.USERS) {
            for (UserId other : RandomCommands.USERS) {
                if (one.compareTo(other) <= 0) {
                    all.add(ConversationId.direct(one, other));
                }
            }
        }
        return all;
    }

    private static List<Event.LogEntry> log(Storage storage, ConversationId conversation) throws StorageFailure {
        List<Event.LogEntry> log = new ArrayList<>();
        KeyRange range = KeySchema.log(conversation);
        storage.scan(Table.LOG, range, Direction.ASCENDING, (key, value) -> {
            log.add(LogRows.decode(conversation, key, value));
            return true;
        });
        return log;
    }

    /**
     * What the logs say that a user got stands in the inbox, up to a position that trims moved; below it are gaps, for
     * everything unless a device has done it. Positions have no holes; per conversation the seqs go up.
     */
    private static void check(Storage storage, UserId user, List<String> expected, String where) throws StorageFailure {
        List<String> left = new ArrayList<>(expected);
        Map<ConversationId, Long> last = new HashMap<>();
        List<InboxRow.Gap> gaps = new ArrayList<>();
        long[] position = {0};
        storage.scan(Table.INBOX, KeySchema.inbox(user), Direction.ASCENDING, (key, value) -> {
            InboxRow row = InboxRows.decode(user, key, value);
            boolean firstPointer = last.isEmpty();
            if (row instanceof InboxRow.Gap gap) {
                assertThat(firstPointer).as(where + " gaps stand below").isTrue();
                gaps.add(gap);
            } else {
                InboxRow.Pointer pointer = (InboxRow.Pointer) row;
                assertThat(firstPointer || InboxRows.position(key) == position[0] + 1)
                        .as(where)
                        .isTrue();
                Long before = last.put(pointer.conversation(), pointer.seq());
                assertThat(before == null || before < pointer.seq()).as(where).isTrue();
                assertThat(left.remove(pointer.conversation() + "#" + pointer.seq()))
                        .as(where)
                        .isTrue();
            }
            position[0] = InboxRows.position(key);
            return true;
        });
        byte[] meta = storage.get(Table.HEADS, KeySchema.inboxMeta(user));
        boolean hadDevice =
                meta != null && Rows.INBOX_META.decode(new byte[0], meta).everDurable();
        for (InboxRow.Gap gap : gaps) {
            for (long seq = gap.from(); seq <= gap.to(); seq++) {
                left.remove(gap.conversation() + "#" + seq);
            }
        }
        if (!hadDevice) {
            assertThat(left)
                    .as(where + " is neither there nor announced as missing")
                    .isEmpty();
        }
    }
}
